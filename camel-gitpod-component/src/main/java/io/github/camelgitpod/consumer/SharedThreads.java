package io.github.camelgitpod.consumer;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/**
 * The threads of a context that look after its consumers, however many these are: one that knows when, and as many as have something
 * to do at a time, so that nobody waits for one that hangs. They are there as long as somebody uses them.
 */
final class SharedThreads {
    private final ExecutorServiceManager executors;
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

    synchronized ExecutorService workers() {
        return workers;
    }
}
