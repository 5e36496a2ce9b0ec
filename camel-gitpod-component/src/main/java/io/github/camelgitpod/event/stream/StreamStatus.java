package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.model.StreamGap;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.ToLongFunction;

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
 * @param skippedLines  lines so far that were not events
 * @param renewals      connections that were replaced by a new one before they ended
 * @param lastGap       the last of the gaps; null: there was none
 * @param lastByteAt    when the last byte was received, or a request sent whose answer is awaited; null: never
 * @param awaitsAnswer  whether it is open, and the server's answer is awaited, which may come only with the first event
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
        long renewals,
        StreamGap lastGap,
        Instant lastByteAt,
        boolean awaitsAnswer) {

    /** Several streams as one: the sums of the figures, and the rest of the one in the worst state. */
    public static StreamStatus of(Collection<StreamStatus> all) {
        StreamStatus worst =
                all.stream().max(Comparator.comparing(StreamStatus::state)).orElseThrow();
        return new StreamStatus(
                worst.state,
                worst.since,
                worst.lastReason,
                worst.lastError,
                worst.lastStatus,
                worst.attempts,
                worst.nextAttemptAt,
                sum(all, StreamStatus::connects),
                sum(all, StreamStatus::events),
                sum(all, StreamStatus::gaps),
                sum(all, StreamStatus::skippedLines),
                sum(all, StreamStatus::renewals),
                all.stream()
                        .map(StreamStatus::lastGap)
                        .filter(Objects::nonNull)
                        .max(Comparator.comparing(StreamGap::to))
                        .orElse(null),
                all.stream()
                        .map(StreamStatus::lastByteAt)
                        .filter(Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(null),
                worst.awaitsAnswer);
    }

    private static long sum(Collection<StreamStatus> all, ToLongFunction<StreamStatus> figure) {
        return all.stream().mapToLong(figure).sum();
    }

    /** What a stream does, the best state first. */
    public enum State {
        /** It has a connection. */
        OPEN,
        /** It has not tried to connect yet, or is at its first attempt since it was started or resumed. */
        CONNECTING,
        /** It has lost its connection, or could not open one, and tries again. */
        RECONNECTING,
        /** It ended for good. */
        FAILED
    }
}
