package io.github.camelgitpod.event.stream;

import java.time.Duration;
import java.time.Instant;

/**
 * Notices that the process slept, since somebody looks at its connection each second. After that a byte that was received just
 * now may be an old one: what was sent meanwhile is still to be read, or will never come. So the time until when nothing was
 * missed stays where it was before the sleep, until the process has run for a while and then received another byte. Where
 * looks are late again and again it goes on to an earlier sleep, of which that is known. Safe for several threads.
 */
final class Sleeps {
    /** Looks that are so far from each other had a sleep between them, or something that is as bad. */
    static final Duration LATE = Duration.ofSeconds(2);
    /** A process that has run for so long since a sleep has read everything that waited then. */
    private static final Duration READ_ON = Duration.ofSeconds(5);
    /** How long it certainly ran before a late look: so it comes to an end even where each of them is late. */
    private static final Duration RAN_WHEN_LATE = Duration.ofMillis(250);

    private final StreamClock clock;
    private Instant lookedAt;
    private Instant upToThen;
    /** The end of the first sleep that it has not read on since. Null: there is none. */
    private Instant wokeAt;

    private Instant wokeLastAt;
    private Duration ran = Duration.ZERO;
    /** When it had read on; only a byte that came later shows that the peer was alive. Null: one did. */
    private Instant readOnAt;
    /** Until when nothing was missed if such a byte comes. Null: until that byte. */
    private Instant provenByIt;

    /**
     * @param clock whose moments go on while the machine sleeps
     * @param openedAt from when on a sleep counts, also if it is long ago: nobody looked while the connection was made
     * @param upTo     until when nothing was missed then
     */
    Sleeps(StreamClock clock, Instant openedAt, Instant upTo) {
        this.clock = clock;
        this.lookedAt = openedAt;
        this.upToThen = upTo;
    }

    /** @param upTo until when nothing would be missed if the process had not slept */
    synchronized void look(Instant upTo) {
        Instant now = clock.now();
        if (isLate(now)) {
            sleptUntil(now);
        } else {
            ran = ran.plus(Duration.between(lookedAt, now));
        }
        lookedAt = now;
        if (hasProof(upTo)) {
            upToThen = provenByIt == null ? upTo : provenByIt;
            readOnAt = null;
        }
        if (wokeAt != null && ran.compareTo(READ_ON) >= 0) {
            readOn(now);
        }
        if (wokeAt == null && readOnAt == null) {
            upToThen = upTo;
        }
    }

    private void sleptUntil(Instant now) {
        wokeLastAt = now;
        if (wokeAt == null) {
            wokeAt = now;
            ran = Duration.ZERO;
            provenByIt = lookedAt;
        } else {
            ran = ran.plus(RAN_WHEN_LATE);
        }
    }

    private void readOn(Instant now) {
        boolean sleptAgain = wokeLastAt.isAfter(wokeAt);
        readOnAt = now;
        provenByIt = sleptAgain ? wokeAt : null;
        wokeAt = sleptAgain ? wokeLastAt : null;
        ran = Duration.ZERO;
    }

    /**
     * Until when nothing was missed.
     *
     * @param upTo the same if the process had not slept
     */
    synchronized Instant readUpTo(Instant upTo) {
        return areRecent() || readOnAt != null && !hasProof(upTo) ? upToThen : upTo;
    }

    /** Whether something may have come during a sleep that was not read yet. */
    synchronized boolean areRecent() {
        return wokeAt != null || isLate(clock.now());
    }

    private boolean hasProof(Instant upTo) {
        return readOnAt != null && upTo.isAfter(readOnAt);
    }

    private boolean isLate(Instant now) {
        return Duration.between(lookedAt, now).compareTo(LATE) >= 0;
    }
}
