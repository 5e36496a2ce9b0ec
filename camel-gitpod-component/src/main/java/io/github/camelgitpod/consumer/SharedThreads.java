package io.github.camelgitpod.consumer;

import io.github.camelgitpod.client.ToldOnce;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of a context that look after its consumers, however many these are: one that knows when, and as many as have something
 * to do at a time, so that nobody waits for one that hangs. They are there as long as somebody uses them.
 */
final class SharedThreads {
    private static final Logger LOG = LoggerFactory.getLogger(SharedThreads.class);

    private final ExecutorServiceManager executors;
    private final ToldOnce scarce = new ToldOnce();
    private ScheduledExecutorService timer;
    private ExecutorService workers;
    private int users;

    private SharedThreads(ExecutorServiceManager executors) {
        this.executors = executors;
    }

    /** Those of a context. */
    static synchronized SharedThreads of(CamelContext context) {
        ExtendedCamelContext extension = context.getCamelContextExtension();
        SharedThreads known = extension.getContextPlugin(SharedThreads.class);
        if (known == null) {
            known = new SharedThreads(context.getExecutorServiceManager());
            extension.addContextPlugin(SharedThreads.class, known);
        }
        return known;
    }

    /** To be followed by {@link #leave()}. */
    synchronized void enter() {
        // A context that is stopped ends them, whoever still uses them.
        if (users++ == 0 || timer.isShutdown()) {
            timer = executors.newSingleThreadScheduledExecutor(this, "gitpod-timer");
            workers = executors.newThreadPool(this, "gitpod-watch", asManyAsNeeded());
        }
    }

    synchronized void leave() {
        if (--users == 0) {
            executors.shutdownNow(timer);
            executors.shutdownNow(workers);
        }
    }

    /** A thread more than one ends after five seconds without work. */
    private static ThreadPoolProfile asManyAsNeeded() {
        ThreadPoolProfile profile = new ThreadPoolProfile("gitpodWatch");
        profile.setPoolSize(1);
        profile.setMaxPoolSize(Integer.MAX_VALUE);
        profile.setMaxQueueSize(0);
        profile.setKeepAliveTime(5L);
        profile.setTimeUnit(TimeUnit.SECONDS);
        profile.setAllowCoreThreadTimeOut(false);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return profile;
    }

    /** For what ends at once. */
    synchronized ScheduledExecutorService timer() {
        return timer;
    }

    /** Gives it a thread; null: none can be had now, which is told once until one can. */
    synchronized Future<?> begin(Runnable task) {
        try {
            Future<?> begun = workers.submit(task);
            if (scarce.ends()) {
                LOG.info("There are threads to look after consumers again");
            }
            return begun;
        } catch (RuntimeException | OutOfMemoryError e) {
            if (!workers.isShutdown() && scarce.begins()) {
                LOG.warn(
                        "No thread can be had to look after consumers, it is tried again each second: {}",
                        e.toString());
            }
            return null;
        }
    }
}
