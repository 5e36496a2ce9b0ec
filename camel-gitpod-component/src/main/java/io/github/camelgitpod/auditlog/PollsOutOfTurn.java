package io.github.camelgitpod.auditlog;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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

    private volatile ScheduledExecutorService thread;
    private volatile Future<?> later;

    /** @param poll calls {@link #alone} */
    PollsOutOfTurn(DefaultConsumer consumer, Callable<Integer> poll) {
        this.consumer = consumer;
        this.poll = poll;
    }

    /** The consumer starts. */
    void begin() {
        thread = executors().newSingleThreadScheduledExecutor(consumer, "gitpod-poll");
    }

    /** The consumer was stopped: waits until a poll out of turn is over, which may still have to save. */
    void end() {
        if (thread != null) {
            cancelLater();
            executors().shutdownGraceful(thread);
            thread = null;
        }
    }

    /** Returns at once. Of several that wait for one that is under way, one is made. */
    void ask() {
        ScheduledExecutorService current = thread;
        if (current != null && asked.compareAndSet(false, true)) {
            current.execute(this::run);
        }
    }

    /** The same after this time, unless the consumer is suspended or stopped then; in place of an earlier one that was asked for so. */
    void askIn(Duration wait) {
        ScheduledExecutorService current = thread;
        cancelLater();
        if (current != null && !consumer.isStoppingOrStopped()) {
            later = current.schedule(
                    () -> {
                        if (consumer.isStarted()) {
                            ask();
                        }
                    },
                    wait.toMillis() + 1,
                    TimeUnit.MILLISECONDS);
        }
    }

    private void cancelLater() {
        Future<?> planned = later;
        if (planned != null) {
            planned.cancel(false);
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
