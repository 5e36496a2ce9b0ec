package io.github.camelgitpod.client;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits that another thread can end for good. */
public final class Pause {
    private final CountDownLatch ended = new CountDownLatch(1);

    /**
     * Waits.
     *
     * @return false when {@link #end()} was called or this thread was interrupted (its flag is then set again)
     */
    public boolean await(Duration time) {
        try {
            return !ended.await(Math.max(0, time.toNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends the wait under way and each later one. */
    public void end() {
        ended.countDown();
    }

    /** Whether {@link #end()} was called. */
    public boolean isEnded() {
        return ended.getCount() == 0;
    }
}
