package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.client.Durations;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Measures how much was read, and for how long, until nothing was left: after a start, a failure, a reset, or a poll that did not get to
 * the end. What comes later, poll by poll, is no catching up. For the thread that polls.
 */
public final class CatchUp {
    private static final Duration TO_THE_MILLISECOND = Duration.ofSeconds(10);

    private final LongSupplier nanoTime;
    private boolean behind = true;
    private boolean measuring;
    private long since;
    private long entries;

    /** @param nanoTime a monotonic clock, such as {@link System#nanoTime()} */
    public CatchUp(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** It was started anew, or another consumer has delivered meanwhile. */
    public void beginAnew() {
        behind = true;
        measuring = false;
    }

    public void pollBegins() {
        if (measuring) {
            // The last one did not get to the end.
            behind = true;
        } else {
            measuring = true;
            since = nanoTime.getAsLong();
            entries = 0;
        }
    }

    /** Also by a poll that fails later. */
    public void delivered(int count) {
        entries += count;
    }

    /**
     * A poll has not failed.
     *
     * @param all whether it has delivered everything there is
     * @return what to tell, such as {@code 120 entries in 3s}; empty: nothing was caught up
     */
    public Optional<String> pollEnds(boolean all) {
        if (!all) {
            return Optional.empty();
        }
        boolean caughtUp = behind && entries > 0;
        behind = false;
        measuring = false;
        return caughtUp ? Optional.of(text()) : Optional.empty();
    }

    private String text() {
        Duration exact = Duration.ofNanos(nanoTime.getAsLong() - since);
        Duration time = exact.compareTo(TO_THE_MILLISECOND) < 0 ? exact : Duration.ofSeconds(exact.toSeconds());
        return (entries == 1 ? "1 entry" : entries + " entries") + " in " + Durations.text(time);
    }
}
