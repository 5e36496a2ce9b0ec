package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.health.HealthState;
import io.github.camelgitpod.model.StreamGap;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;

/**
 * How a stream is at one moment. Immutable.
 *
 * @param state         what it does
 * @param since         since when
 * @param lastReason    why the last connection ended or could not be opened, as of a {@link StreamGap}; null: none did
 * @param lastError     what the server or the network said to that; null: nothing
 * @param lastStatus    the HTTP status of that; 0: it was not an HTTP answer
 * @param failure       what that means for the consumer; null: it was no failure
 * @param attempts      failed attempts to connect since the last connection, or since the start
 * @param nextAttemptAt when connecting is tried again; null unless {@link State#RECONNECTING}
 * @param figures       what it has counted
 * @param lastGap       the last of the gaps; null: there was none
 * @param lastByteAt    when the last byte was received, or a request sent whose answer is awaited; null: never
 * @param openedAt      since when the connection of now is open; null: there is none
 * @param awaitsAnswer  whether it is open, and the server's answer is awaited, which may come only with the first event
 */
public record StreamStatus(
        State state,
        Instant since,
        String lastReason,
        String lastError,
        int lastStatus,
        HealthState failure,
        int attempts,
        Instant nextAttemptAt,
        StreamFigures figures,
        StreamGap lastGap,
        Instant lastByteAt,
        Instant openedAt,
        boolean awaitsAnswer) {

    /** Several streams as one: the sums of the figures, the oldest connection, and of the rest what the worst of them has. */
    public static StreamStatus of(Collection<StreamStatus> all) {
        StreamStatus worst =
                all.stream().max(Comparator.comparing(StreamStatus::state)).orElseThrow();
        return new StreamStatus(
                worst.state,
                worst.since,
                worst.lastReason,
                worst.lastError,
                worst.lastStatus,
                worst.failure,
                worst.attempts,
                worst.nextAttemptAt,
                all.stream().map(StreamStatus::figures).reduce(StreamFigures.NONE, StreamFigures::plus),
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
                all.stream()
                        .map(StreamStatus::openedAt)
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder())
                        .orElse(null),
                worst.awaitsAnswer);
    }

    public long connects() {
        return figures.connects();
    }

    public long events() {
        return figures.events();
    }

    public long gaps() {
        return figures.gaps();
    }

    public long skippedLines() {
        return figures.skippedLines();
    }

    public long renewals() {
        return figures.renewals();
    }

    /** The same with these figures. */
    public StreamStatus with(StreamFigures all) {
        return new StreamStatus(
                state,
                since,
                lastReason,
                lastError,
                lastStatus,
                failure,
                attempts,
                nextAttemptAt,
                all,
                lastGap,
                lastByteAt,
                openedAt,
                awaitsAnswer);
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
