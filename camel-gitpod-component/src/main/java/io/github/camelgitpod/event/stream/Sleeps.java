package io.github.camelgitpod.event.stream;

import java.time.Duration;
import java.time.Instant;

/**
 * Notices that the process slept, since somebody looks at its connection each second. After that a byte that was received just
 * now may be an old one: what was sent meanwhile is still to be read. Safe for several threads.
 */
final class Sleeps {
    /** Looks that are so far from each other had a sleep between them, or something that is as bad. */
    private static final Duration LATE = Duration.ofSeconds(2);
    /** So long after a sleep everything is read that waited. */
    private static final Duration READ_ON = Duration.ofSeconds(5);

    private final StreamClock clock;
    /** Null: nobody has looked yet. */
    private Instant lookedAt;

    private Instant upToThen;
    /** Null: it did not sleep lately. */
    private Instant wokeAt;

    /** @param clock whose moments go on while the machine sleeps */
    Sleeps(StreamClock clock) {
        this.clock = clock;
    }

    /** @param upTo until when nothing would be missed if the process had not slept */
    synchronized void look(Instant upTo) {
        Instant now = clock.now();
        if (isLate(now)) {
            wokeAt = now;
        }
        lookedAt = now;
        if (wokeAt == null || isSince(wokeAt, READ_ON, now)) {
            wokeAt = null;
            upToThen = upTo;
        }
    }

    /**
     * Until when nothing was missed.
     *
     * @param upTo the same if the process had not slept
     */
    synchronized Instant readUpTo(Instant upTo) {
        return areRecent() ? upToThen : upTo;
    }

    /** Whether something may have come during a sleep that was not read yet. */
    synchronized boolean areRecent() {
        Instant now = clock.now();
        return isLate(now) || wokeAt != null && !isSince(wokeAt, READ_ON, now);
    }

    private boolean isLate(Instant now) {
        return lookedAt != null && isSince(lookedAt, LATE, now);
    }

    private static boolean isSince(Instant time, Duration atLeast, Instant now) {
        return Duration.between(time, now).compareTo(atLeast) >= 0;
    }
}
