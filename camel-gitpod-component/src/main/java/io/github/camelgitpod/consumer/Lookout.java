package io.github.camelgitpod.consumer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does later what is to be done for one consumer now and then, one thing at a time, on threads that all consumers of a context share. A
 * consumer that has nothing to do has no thread of its own for it. Safe for use by several threads.
 */
public final class Lookout implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);
    private static final Duration UNTIL_TRIED_AGAIN = Duration.ofSeconds(1);

    private final SharedThreads threads;
    private final Queue<Runnable> due = new ArrayDeque<>();
    private Future<?> underWay;
    private boolean closed;

    /** To be closed. */
    public Lookout(CamelContext context) {
        threads = SharedThreads.of(context);
        threads.enter();
    }

    /** Returns at once. What is due when this is closed is not done. */
    public void later(Duration wait, Runnable task) {
        try {
            threads.timer().schedule(() -> begin(task), wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The context is being stopped");
        }
    }

    /** Interrupts what is under way. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            due.clear();
            if (underWay != null) {
                underWay.cancel(true);
            }
            threads.leave();
        }
    }

    private synchronized void begin(Runnable task) {
        if (!closed) {
            due.add(task);
            if (underWay == null) {
                next();
            }
        }
    }

    private void next() {
        Runnable task = due.poll();
        underWay = task == null ? null : threads.begin(() -> run(task));
        if (task != null && underWay == null) {
            later(UNTIL_TRIED_AGAIN, task);
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.warn("What is done for a consumer now and then has failed", e);
        } finally {
            synchronized (this) {
                if (!closed) {
                    next();
                }
            }
        }
    }
}
