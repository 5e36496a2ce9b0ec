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
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * An event stream over OkHttp. An event's time of receipt is when its last byte came, however long the event then waited to
 * be read.
 */
final class OkHttpEventConnection implements EventConnection {
    private final StreamRequest request;
    private final int maxLineBytes;
    private final BooleanSupplier stopped;
    private final InstantSource clock;
    /** Held while reading: an answer's buffers must not be released while another thread reads. */
    private final ReentrantLock reading = new ReentrantLock();

    private final Duration lifeSigns;
    private final LongSupplier nanoTime;
    /** Null: the answer is still awaited. */
    private JsonLines lines;

    private String token;
    private volatile Instant lastByteAt;
    private volatile Instant readUpTo;
    private volatile boolean answered;
    private volatile boolean closed;
    private volatile boolean waiting;
    private volatile long waitingSince;

    /**
     * @param request   that the server has taken
     * @param lifeSigns null: a dead peer would not be noticed
     * @param stopped   whether a failure to read is a stop
     * @param nanoTime  a monotonic clock, such as {@link System#nanoTime()}
     */
    OkHttpEventConnection(
            StreamRequest request,
            int maxLineBytes,
            Duration lifeSigns,
            BooleanSupplier stopped,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.request = request;
        this.maxLineBytes = maxLineBytes;
        this.lifeSigns = lifeSigns;
        this.stopped = stopped;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.lastByteAt = request.isAnswered() ? request.takenAt() : request.writtenAt();
        this.readUpTo = lastByteAt;
        this.answered = request.isAnswered();
        this.waitingSince = nanoTime.getAsLong()
                - Duration.between(request.writtenAt(), request.takenAt()).toNanos();
        this.waiting = !answered;
    }

    @Override
    public StreamLine read() throws IOException {
        reading.lock();
        try {
            begin();
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
            if (isClosed()) {
                throw new ClientClosedException();
            }
            // Before the answer, it comes from the transport, which has seen to that.
            throw token == null ? e : new OutsideText(token).shown(e);
        } finally {
            reading.unlock();
        }
    }

    @Override
    public StreamLine poll() throws IOException {
        reading.lock();
        try {
            JsonLines.Line next = lines == null ? null : lines.poll();
            StreamLine line = null;
            while (line == null && next != null && !isClosed()) {
                line = interpret(next);
                next = line == null ? lines.poll() : null;
            }
            noteWhatIsWhole();
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
    public Instant openedAt() {
        return request.takenAt();
    }

    @Override
    public boolean awaitsAnswer() {
        return !answered;
    }

    @Override
    public Instant lastByteAt() {
        return lastByteAt;
    }

    @Override
    public Instant readUpTo() {
        return readUpTo;
    }

    @Override
    public void close() {
        closed = true;
        // Ends a read that is blocked in another thread, which then lets go of the lock.
        request.cancel();
        reading.lock();
        try {
            request.close();
        } finally {
            reading.unlock();
        }
    }

    /** Waits for the answer. */
    private void begin() throws IOException {
        if (lines == null) {
            ApiTransport.OpenResponse answer = request.answer();
            if (!answered) {
                lastByteAt = clock.instant();
                readUpTo = lastByteAt;
                waiting = false;
                answered = true;
            }
            token = answer.token();
            lines = new JsonLines(timed(answer.response().body().byteStream()), maxLineBytes);
        }
    }

    /** After a line that has begun and not ended, it stays where it was. */
    private void noteWhatIsWhole() {
        if (lines != null && lines.isBetweenLines()) {
            readUpTo = lastByteAt;
        }
    }

    private boolean isClosed() {
        return closed || stopped.getAsBoolean();
    }

    private StreamLine interpret(JsonLines.Line line) throws ApiException {
        if (line.bytes() == null) {
            return new StreamLine.Skipped("longer than " + maxLineBytes + " bytes", line.length());
        }
        if (line.terminated()) {
            return EventLineParser.parse(line.bytes(), lastByteAt, token);
        }
        StreamLine last = EventLineParser.parse(line.bytes(), lastByteAt, token);
        return last instanceof StreamLine.Skipped
                ? new StreamLine.Skipped(StreamLine.Skipped.CUT_OFF, line.length())
                : last;
    }

    /** Takes note of the time of each arrival, heartbeats included. */
    private InputStream timed(InputStream source) {
        return new FilterInputStream(source) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                noteWhatIsWhole();
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
