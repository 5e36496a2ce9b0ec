package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.model.GapReasons;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.model.StreamLine;
import java.time.Duration;

/**
 * Hears how a stream is, from one thread at a time: the one that reads the stream, or the one that finds a renewal decided.
 * Gaps are told by the time of day.
 * The stream goes on when the call returns. Should throw nothing: a stream whose listener throws ends for good.
 */
public interface StreamListener {

    /**
     * A connection is open.
     *
     * @param gap what was missed before it; null for the first connection
     */
    void connected(StreamGap gap);

    /**
     * A connection was replaced by a new one.
     *
     * @param why {@link GapReasons#IDLE}, {@link GapReasons#MAX_AGE} or {@link GapReasons#RECONNECT}
     * @param gap what was missed; null: nothing
     */
    void renewed(String why, StreamGap gap);

    /** A line was received that is not an event; the next event comes with a gap. */
    void skipped(StreamLine.Skipped line);

    /**
     * A connection ended or could not be opened; another attempt follows.
     *
     * @param reason as of a {@link StreamGap}
     * @param cause  null when the server ended the stream without an error, or the route stalled
     * @param wait   until the next attempt
     */
    void disconnected(String reason, Exception cause, Duration wait);

    /** The stream ended for good: another attempt would not help. */
    void gaveUp(Throwable cause);
}
