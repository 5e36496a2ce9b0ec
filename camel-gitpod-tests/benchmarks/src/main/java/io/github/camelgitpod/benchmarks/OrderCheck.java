package io.github.camelgitpod.benchmarks;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Sees to it that speed hides no loss: every id once, in order, and none more. Ids end with 12 digits of their place. */
final class OrderCheck implements Consumer<String> {
    private static final int PLACE_DIGITS = 12;

    private final int expected;
    private final CountDownLatch complete = new CountDownLatch(1);
    private volatile String complaint;
    private volatile long completeAt;
    private int next;

    OrderCheck(int expected) {
        this.expected = expected;
    }

    @Override
    public void accept(String id) {
        long place = Long.parseLong(id, id.length() - PLACE_DIGITS, id.length(), 16);
        if (place != next && complaint == null) {
            complaint = "number " + next + " was expected, number " + place + " came";
            complete.countDown();
        }
        if (++next == expected) {
            completeAt = System.nanoTime();
            complete.countDown();
        }
    }

    /**
     * Waits until all have come.
     *
     * @return when the last one did, by {@link System#nanoTime()}
     */
    long await(Duration limit) throws InterruptedException {
        if (!complete.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("Only " + next + " of " + expected + " came within " + limit);
        }
        return completeAt;
    }

    /** To be called when nothing can come any more. */
    void verify() {
        if (complaint != null) {
            throw new IllegalStateException("Not in order, or not once: " + complaint);
        }
        if (next != expected) {
            throw new IllegalStateException(next + " came in place of " + expected);
        }
    }
}
