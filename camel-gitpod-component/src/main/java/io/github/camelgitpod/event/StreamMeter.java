package io.github.camelgitpod.event;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.EventConnection;
import io.github.camelgitpod.event.StreamStatus.State;
import java.time.Instant;
import java.time.InstantSource;

/** Keeps the figures of a stream. Written by the thread that reads the stream, read by any. */
final class StreamMeter {
    private final InstantSource clock;
    private State state = State.CONNECTING;
    private Instant since;
    private String lastReason;
    private String lastError;
    private int lastStatus;
    private int attempts;
    private Instant nextAttemptAt;
    private long connects;
    private long events;
    private long gaps;
    private long skippedLines;
    private Instant lastByteAt;
    private EventConnection connection;

    StreamMeter(InstantSource clock) {
        this.clock = clock;
        this.since = clock.instant();
    }

    synchronized StreamStatus status() {
        Instant last = connection != null ? connection.lastByteAt() : lastByteAt;
        return new StreamStatus(
                state,
                since,
                lastReason,
                lastError,
                lastStatus,
                attempts,
                nextAttemptAt,
                connects,
                events,
                gaps,
                skippedLines,
                last);
    }

    synchronized void connecting() {
        become(State.CONNECTING);
        attempts = 0;
    }

    synchronized void open(EventConnection opened, boolean afterGap) {
        connection = opened;
        connects++;
        attempts = 0;
        if (afterGap) {
            gaps++;
        }
        become(State.OPEN);
    }

    synchronized void closed() {
        if (connection != null) {
            lastByteAt = connection.lastByteAt();
            connection = null;
        }
    }

    synchronized void event() {
        events++;
    }

    synchronized void skippedLine(boolean isGap) {
        skippedLines++;
        if (isGap) {
            gaps++;
        }
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

    private void note(String reason, Throwable cause) {
        lastReason = reason;
        lastError = cause == null ? null : cause.getMessage() != null ? cause.getMessage() : cause.toString();
        lastStatus = cause instanceof ApiException answer ? answer.status() : 0;
    }

    private void become(State next) {
        state = next;
        since = clock.instant();
        nextAttemptAt = null;
    }
}
