package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.model.StreamGap;
import java.time.Instant;

/** Remembers since when a stream misses what happens. Safe for several threads. */
final class OpenGap {
    /** When the connection was lost; null: there was no connection yet, or there is one now. */
    private Instant lostAt;

    private String reason;
    private int attempts;
    private Instant wantedSince;

    /**
     * Nothing more is received.
     *
     * @param lastByteAt until when nothing was missed
     */
    synchronized void lost(Instant lastByteAt, String why) {
        lostAt = lastByteAt;
        reason = why;
        attempts = 0;
    }

    /**
     * The first connection should be open from then on; the first call counts. If the first attempt fails, or is stopped, a gap
     * begins there.
     */
    synchronized void wantedSince(Instant time) {
        wantedSince = wantedSince == null ? time : wantedSince;
    }

    /** Until when nothing was missed; null: there is no gap. */
    synchronized Instant lostAt() {
        return lostAt;
    }

    synchronized void attempt() {
        attempts++;
    }

    synchronized void attemptFailed(String why) {
        if (lostAt == null && wantedSince != null) {
            lostAt = wantedSince;
            reason = why;
        }
    }

    /**
     * A connection was opened.
     *
     * @return what was missed before it; null when it is the first
     */
    synchronized StreamGap connected(Instant at) {
        wantedSince = null;
        if (lostAt == null) {
            return null;
        }
        // The one before may have brought something after this one was open.
        StreamGap gap = new StreamGap(lostAt, at.isBefore(lostAt) ? lostAt : at, reason, attempts);
        lostAt = null;
        return gap;
    }
}
