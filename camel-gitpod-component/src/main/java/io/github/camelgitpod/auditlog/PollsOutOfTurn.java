package io.github.camelgitpod.auditlog;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.support.DefaultConsumer;

/** Polls that somebody asks for between those of the scheduler, whichever that is; never two polls at a time. */
final class PollsOutOfTurn {
    private final DefaultConsumer consumer;
    private final Callable<Integer> poll;
    private final Lock polling = new ReentrantLock();
    /** Whether one waits to begin. */
    private final AtomicBoolean asked = new AtomicBoolean();

    private volatile ExecutorService thread;

    /** @param poll calls {@link #alone} */
    PollsOutOfTurn(DefaultConsumer consumer, Callable<Integer> poll) {
        this.consumer = consumer;
        this.poll = poll;
    }

    /** The consumer starts. */
    void begin() {
        thread = executors().newSingleThreadExecutor(consumer, "gitpod-poll");
    }

    /** The consumer was stopped: waits until a poll out of turn is over, which may still have to save. */
    void end() {
        if (thread != null) {
            executors().shutdownGraceful(thread);
            thread = null;
        }
    }

    /** Returns at once. Of several that wait for one that is under way, one is made. */
    void ask() {
        ExecutorService current = thread;
        if (current != null && asked.compareAndSet(false, true)) {
            current.execute(this::run);
        }
    }

    private void run() {
        try {
            poll.call();
        } catch (Exception e) {
            consumer.getExceptionHandler().handleException(e.getMessage(), e);
        }
    }

    /** Waits for a poll that is under way. */
    int alone(Callable<Integer> wanted) throws Exception {
        polling.lockInterruptibly();
        try {
            asked.set(false);
            return wanted.call();
        } finally {
            polling.unlock();
        }
    }

    private ExecutorServiceManager executors() {
        return consumer.getEndpoint().getCamelContext().getExecutorServiceManager();
    }
}
