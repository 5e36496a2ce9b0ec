package io.github.camelgitpod.client.http;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.ClientClosedException;
import io.github.camelgitpod.client.EventConnection;
import io.github.camelgitpod.model.StreamLine;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * An event stream over OkHttp. An event's time of receipt is when its last byte came, however long the event then waited to
 * be read.
 */
final class OkHttpEventConnection implements EventConnection {
    private final ApiTransport.OpenResponse answer;
    private final int maxLineBytes;
    private final JsonLines lines;
    /** Held while reading: an answer's buffers must not be released while another thread reads. */
    private final ReentrantLock reading = new ReentrantLock();

    private final Duration lifeSigns;
    private final LongSupplier nanoTime;
    private volatile Instant lastByteAt;
    private volatile boolean closed;
    private volatile boolean waiting;
    private volatile long waitingSince;

    /**
     * @param lifeSigns null: a dead peer would not be noticed
     * @param nanoTime  a monotonic clock, such as {@link System#nanoTime()}
     */
    OkHttpEventConnection(
            ApiTransport.OpenResponse answer,
            int maxLineBytes,
            Duration lifeSigns,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.answer = answer;
        this.maxLineBytes = maxLineBytes;
        this.lifeSigns = lifeSigns;
        this.nanoTime = nanoTime;
        this.lastByteAt = clock.instant();
        this.lines = new JsonLines(timed(answer.response().body().byteStream(), clock), maxLineBytes);
    }

    @Override
    public StreamLine read() throws IOException {
        reading.lock();
        try {
            StreamLine line;
            do {
                JsonLines.Line next = lines.next();
                if (isClosed()) {
                    throw new ClientClosedException();
                }
                if (next == null) {
                    return null;
                }
                line = interpret(next);
            } while (line == null);
            return line;
        } catch (ApiException | ClientClosedException e) {
            throw e;
        } catch (IOException e) {
            throw isClosed() ? new ClientClosedException() : new OutsideText(answer.token()).shown(e);
        } finally {
            reading.unlock();
        }
    }

    @Override
    public StreamLine poll() throws IOException {
        reading.lock();
        try {
            JsonLines.Line next = lines.poll();
            StreamLine line = null;
            while (line == null && next != null && !isClosed()) {
                line = interpret(next);
                next = line == null ? lines.poll() : null;
            }
            return line;
        } finally {
            reading.unlock();
        }
    }

    @Override
    public Duration silence() {
        long since = waitingSince;
        return waiting ? Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - since)) : Duration.ZERO;
    }

    @Override
    public Optional<Duration> lifeSigns() {
        return Optional.ofNullable(lifeSigns);
    }

    @Override
    public Instant lastByteAt() {
        return lastByteAt;
    }

    @Override
    public void close() {
        closed = true;
        // Ends a read that is blocked in another thread, which then lets go of the lock.
        answer.cancel();
        reading.lock();
        try {
            answer.close();
        } finally {
            reading.unlock();
        }
    }

    private boolean isClosed() {
        return closed || answer.stopped().getAsBoolean();
    }

    private StreamLine interpret(JsonLines.Line line) throws ApiException {
        if (line.bytes() == null) {
            return new StreamLine.Skipped("longer than " + maxLineBytes + " bytes", line.length());
        }
        if (line.terminated()) {
            return EventLineParser.parse(line.bytes(), lastByteAt, answer.token());
        }
        StreamLine last = EventLineParser.parse(line.bytes(), lastByteAt, answer.token());
        return last instanceof StreamLine.Skipped
                ? new StreamLine.Skipped(StreamLine.Skipped.CUT_OFF, line.length())
                : last;
    }

    /** Takes note of the time of each arrival, heartbeats included. */
    private InputStream timed(InputStream source, InstantSource clock) {
        return new FilterInputStream(source) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                waitingSince = nanoTime.getAsLong();
                waiting = true;
                try {
                    int read = super.read(target, offset, length);
                    if (read > 0) {
                        lastByteAt = clock.instant();
                    }
                    return read;
                } finally {
                    waiting = false;
                }
            }
        };
    }
}
