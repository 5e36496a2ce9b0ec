package io.github.camelgitpod.auditlog.walk;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many requests may be under way at once. Each time the server says that it gets too many, the number is halved. For
 * each minute in which it does not, it grows by one.
 */
public final class Parallelism {
    private static final long RECOVERY = Duration.ofMinutes(1).toNanos();

    private final int most;
    private final LongSupplier slowDowns;
    private final LongSupplier nanoTime;
    private int current;
    private long slowDownsSeen;
    private long changedAt;

    /**
     * @param most      the number at first, and the largest one
     * @param slowDowns counts how often the server has said that it gets too many
     * @param nanoTime  a monotonic clock, such as {@link System#nanoTime()}
     */
    public Parallelism(int most, LongSupplier slowDowns, LongSupplier nanoTime) {
        this.most = most;
        this.slowDowns = slowDowns;
        this.nanoTime = nanoTime;
        this.current = most;
        this.slowDownsSeen = slowDowns.getAsLong();
    }

    /** At least 1. */
    int current() {
        long now = nanoTime.getAsLong();
        long count = slowDowns.getAsLong();
        if (count > slowDownsSeen) {
            current = Math.max(1, current / 2);
            changedAt = now;
        } else if (current < most && now - changedAt >= RECOVERY) {
            long more = (now - changedAt) / RECOVERY;
            current = (int) Math.min(most, current + more);
            changedAt += more * RECOVERY;
        }
        slowDownsSeen = count;
        return current;
    }
}
