package io.github.camelgitpod.client;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether a refusal is the API's. With a code it is. Without one it may be a proxy's, while the server starts behind it; so it is
 * believed when it has stood for a minute with nothing else in between: then the server lacks the method. Safe for use by
 * several threads.
 */
public final class DoubtfulRefusal {
    private static final long UNTIL_BELIEVED = Duration.ofMinutes(1).toNanos();
    /** Who asks more seldom than once a minute must not wait for ever either. */
    private static final int PAUSES = 3;

    private final LongSupplier nanoTime;
    private boolean stands;
    private boolean believed;
    private long since;
    private long last;
    private int pauses;

    /** @param nanoTime a monotonic clock, such as {@link System#nanoTime()} */
    public DoubtfulRefusal(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The server was asked, and this is the answer. False: it may be a proxy's, and another one may come. */
    public synchronized boolean isBelieved(ApiException refusal) {
        if (!refusal.isRefusedBySomething()) {
            ends();
            return true;
        }
        long now = nanoTime.getAsLong();
        boolean pause = stands && now - last > UNTIL_BELIEVED;
        if (!stands || (pause && !believed && pauses < PAUSES - 1)) {
            since = now;
        }
        pauses += pause ? 1 : 0;
        stands = true;
        last = now;
        believed = now - since >= UNTIL_BELIEVED;
        return believed;
    }

    /** There was another answer, or none. */
    public synchronized void ends() {
        stands = false;
        believed = false;
        pauses = 0;
    }
}
