package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.client.EventConnection;
import io.github.camelgitpod.model.StreamLine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** A connection that is as the test says. */
final class SettableConnection implements EventConnection {
    final Deque<StreamLine> lines = new ArrayDeque<>();
    /** Done while a line is waited for. */
    Runnable whileReading = () -> {};

    Runnable whilePolling = () -> {};

    /** Whether no line comes together with another one. */
    boolean oneByOne;

    Instant lastByteAt;
    /** Null: all of it. */
    Instant readUpTo;

    Duration silence = Duration.ZERO;
    Duration lifeSigns;
    boolean closed;

    SettableConnection(Instant lastByteAt) {
        this.lastByteAt = lastByteAt;
    }

    @Override
    public StreamLine read() throws IOException {
        whileReading.run();
        return lines.poll();
    }

    @Override
    public StreamLine poll() {
        whilePolling.run();
        return oneByOne ? null : lines.poll();
    }

    @Override
    public Duration silence() {
        return silence;
    }

    @Override
    public Optional<Duration> lifeSigns() {
        return Optional.ofNullable(lifeSigns);
    }

    @Override
    public Instant openedAt() {
        return lastByteAt;
    }

    @Override
    public boolean awaitsAnswer() {
        return false;
    }

    @Override
    public Instant lastByteAt() {
        return lastByteAt;
    }

    @Override
    public Instant readUpTo() {
        return readUpTo == null ? lastByteAt : readUpTo;
    }

    @Override
    public void close() {
        closed = true;
    }
}
