package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.EventConnection;
import io.github.camelgitpod.event.stream.StreamStatus.State;
import io.github.camelgitpod.health.HealthState;
import io.github.camelgitpod.model.StreamGap;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Keeps the figures of a stream. Safe for several threads: a renewal may be decided by one that does not read the stream. */
public final class StreamMeter {
    private final StreamClock clock;
    private State state = State.CONNECTING;
    private Instant since;
    private String lastReason;
    private String lastError;
    private int lastStatus;
    private HealthState failure;
    private int attempts;
    private Instant nextAttemptAt;
    private long connects;
    private long events;
    private final Map<String, Long> gapsByReason = new HashMap<>();
    private long skippedLines;
    private long renewals;
    private StreamGap lastGap;
    private Instant lastByteAt;
    private EventConnection connection;

    public StreamMeter(StreamClock clock) {
        this.clock = clock;
        this.since = clock.now();
    }

    /** Times in it are the time of day. */
    public synchronized StreamStatus status() {
        Instant last = connection != null ? connection.lastByteAt() : lastByteAt;
        return new StreamStatus(
                state,
                clock.steady().timeOfDay(since),
                lastReason,
                lastError,
                lastStatus,
                failure,
                attempts,
                clock.steady().timeOfDay(nextAttemptAt),
                new StreamFigures(connects, events, gapsByReason, skippedLines, renewals),
                clock.timeOfDay(lastGap),
                clock.steady().timeOfDay(last),
                connection == null ? null : clock.steady().timeOfDay(connection.openedAt()),
                connection != null && connection.awaitsAnswer());
    }

    synchronized void connecting() {
        become(State.CONNECTING);
        attempts = 0;
    }

    /** @param gap before it; null: none */
    synchronized void open(EventConnection opened, StreamGap gap) {
        connection = opened;
        connects++;
        attempts = 0;
        note(gap);
        become(State.OPEN);
    }

    /** @param gap before it; null: none */
    synchronized void renewed(EventConnection opened, StreamGap gap) {
        connection = opened;
        connects++;
        renewals++;
        note(gap);
        if (state != State.OPEN) {
            become(State.OPEN);
        }
    }

    synchronized void closed() {
        if (connection != null) {
            lastByteAt = connection.lastByteAt();
            connection = null;
        }
    }

    synchronized void received(int more) {
        events += more;
    }

    /** @param gap of a line that is not an event; null: part of another gap */
    synchronized void skipped(StreamGap gap) {
        skippedLines++;
        note(gap);
    }

    synchronized void reconnecting(Ending ending, Instant next) {
        note(ending.reason(), ending.cause());
        if (!ending.wasOpen()) {
            attempts++;
        }
        if (state != State.RECONNECTING) {
            become(State.RECONNECTING);
        }
        nextAttemptAt = next;
    }

    /** The run ended. What a failed stream is stays visible until it is started again. */
    synchronized void stopped() {
        if (state != State.FAILED) {
            become(State.CONNECTING);
        }
    }

    synchronized void failed(String reason, Throwable cause) {
        note(reason, cause);
        become(State.FAILED);
    }

    private void note(StreamGap gap) {
        if (gap != null) {
            gapsByReason.merge(gap.reason(), 1L, Long::sum);
            lastGap = gap;
        }
    }

    private void note(String reason, Throwable cause) {
        lastReason = reason;
        lastError = cause == null ? null : cause.getMessage() != null ? cause.getMessage() : cause.toString();
        failure = cause == null ? null : HealthState.after(cause);
        lastStatus = cause instanceof ApiException answer ? answer.status() : 0;
    }

    private void become(State next) {
        state = next;
        since = clock.now();
        nextAttemptAt = null;
    }
}
