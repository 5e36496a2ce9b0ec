package io.github.camelgitpod.event;

import java.time.Instant;

/** Remembers what was missed until the next event tells it. For one thread at a time. */
final class GapKeeper {
    /** Of the connection that was lost; null while there is none to be missed. */
    private Instant lostAt;

    private String reason;
    private int attempts;
    private StreamGap waiting;

    /**
     * An open connection ended.
     *
     * @param lastByteAt until when nothing was missed
     */
    void lost(Instant lastByteAt, String why) {
        lostAt = lastByteAt;
        reason = why;
        attempts = 0;
    }

    void attempt() {
        attempts++;
    }

    /**
     * A connection was opened.
     *
     * @return what was missed before it; null when it is the first
     */
    StreamGap connected(Instant at) {
        if (lostAt == null) {
            return null;
        }
        // A clock that was set back must not turn the gap round.
        StreamGap gap = new StreamGap(lostAt, at.isBefore(lostAt) ? lostAt : at, reason, attempts);
        lostAt = null;
        add(gap);
        return gap;
    }

    /** A line could not be read. */
    void skipped(Instant at, String why) {
        add(new StreamGap(at, at, why, 0));
    }

    /** The gap that the next event comes after, once; null when there is none. */
    StreamGap take() {
        StreamGap gap = waiting;
        waiting = null;
        return gap;
    }

    private void add(StreamGap gap) {
        waiting = waiting == null ? gap : waiting.and(gap);
    }
}
