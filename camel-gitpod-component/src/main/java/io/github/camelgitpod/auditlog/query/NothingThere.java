package io.github.camelgitpod.auditlog.query;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether it is the server that lacks a method when nothing is there, or a proxy while the server starts behind it. For one
 * thread at a time.
 */
final class NothingThere {
    private static final long UNTIL_BELIEVED = Duration.ofMinutes(1).toNanos();
    /** Who asks more seldom than once a minute must not wait for ever either. */
    private static final int PAUSES = 3;

    private final LongSupplier nanoTime;
    private boolean stands;
    private boolean believed;
    private long since;
    private long last;
    private int pauses;

    NothingThere(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Nothing was there. True: so it has been for a minute, with nothing else in between, so the server lacks the method. */
    boolean isBelieved() {
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

    /** Something was there, or there was no answer. */
    void ends() {
        stands = false;
        believed = false;
        pauses = 0;
    }
}
