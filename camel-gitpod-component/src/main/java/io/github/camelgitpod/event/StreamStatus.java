package io.github.camelgitpod.event;

import java.time.Instant;

/**
 * How a stream is at one moment. Immutable.
 *
 * @param state         what it does
 * @param since         since when
 * @param lastReason    why the last connection ended or could not be opened, as of a {@link StreamGap}; null: none did
 * @param lastError     what the server or the network said to that; null: nothing
 * @param lastStatus    the HTTP status of that; 0: it was not an HTTP answer
 * @param attempts      failed attempts to connect since the last connection, or since the start
 * @param nextAttemptAt when connecting is tried again; null unless {@link State#RECONNECTING}
 * @param connects      connections opened so far
 * @param events        events received so far
 * @param gaps          gaps so far, skipped lines included
 * @param skippedLines  lines so far that were no event
 * @param lastByteAt    when the last byte was received; null: never
 */
public record StreamStatus(
        State state,
        Instant since,
        String lastReason,
        String lastError,
        int lastStatus,
        int attempts,
        Instant nextAttemptAt,
        long connects,
        long events,
        long gaps,
        long skippedLines,
        Instant lastByteAt) {

    /** What a stream does. */
    public enum State {
        /** It has not tried to connect yet, or is at its first attempt since it was started or resumed. */
        CONNECTING,
        /** It has a connection. */
        OPEN,
        /** It has lost its connection, or could not open one, and tries again. */
        RECONNECTING,
        /** It ended for good. */
        FAILED
    }
}
