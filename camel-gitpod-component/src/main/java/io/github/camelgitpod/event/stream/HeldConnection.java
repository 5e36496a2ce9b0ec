package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.client.EventConnection;
import io.github.camelgitpod.model.StreamLine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A stream's connection: reads it, and keeps what the stream has to remember about it. */
final class HeldConnection {
    private static final int LINES_AT_ONCE = 256;
    /** A reader that waited this long for a line has read all that was sent before; a shorter wait may be due to the network. */
    private static final Duration CAUGHT_UP_AFTER = Overlap.SETTLED;

    final EventConnection connection;
    final Instant openedAt;
    final long openedNanos;
    /** At which age it is renewed; null: at none. */
    final Duration longestLife;
    /** While it is being renewed, or is the renewed one. */
    volatile Renewal renewal;
    /** When it may be renewed, after renewing failed. */
    volatile long renewAt;

    volatile int failedRenewals;
    private final StreamClock clock;
    private volatile boolean blocked;
    /** Why it was ended from this side; null: it was not. */
    private volatile Exception dropped;
    /** When the route began to be in the way; what was sent since may not have been read yet. Null: it is read at once. */
    private volatile Instant behindSince;

    HeldConnection(EventConnection connection, StreamClock clock, Duration longestLife) {
        this.connection = connection;
        this.openedAt = connection.openedAt();
        this.clock = clock;
        this.openedNanos = clock.nanos();
        this.longestLife = longestLife;
        this.renewAt = openedNanos;
    }

    /** Whether its reader waits for the route, not for the server. */
    boolean isBlocked() {
        return blocked;
    }

    /** Whether it may have brought something long ago that was not read yet, since the route was in the way. */
    boolean isBehind() {
        return behindSince != null && connection.silence().compareTo(CAUGHT_UP_AFTER) < 0;
    }

    /** Until when nothing was missed. */
    Instant readUpTo() {
        Instant behind = behindSince;
        return behind != null && isBehind() ? behind : connection.lastByteAt();
    }

    /**
     * Reads it to its end. Lines that come together are handed over together, and none waits for others.
     *
     * @return null: the end was asked for, or another connection has taken over
     */
    Ending read(StreamSession session, Room room, IncomingLines next) {
        try {
            Ending ending = null;
            while (ending == null && session.isOpen()) {
                ending = awaitRoom(session, room) ? readSome(next) : Ending.stalled();
            }
            return session.isOpen() ? ending : null;
        } catch (SupersededException e) {
            return null;
        } catch (IOException | RuntimeException e) {
            return session.isOpen() ? endingBy(dropped == null ? e : dropped) : null;
        } catch (Error e) {
            return session.isOpen() ? endingBy(failure(e)) : null;
        }
    }

    /** Without an answer it was an attempt, however long it took: the server may never have sent to it. */
    private Ending endingBy(Exception cause) {
        return connection.awaitsAnswer() ? Ending.ofAttempt(cause) : Ending.ofConnection(cause);
    }

    /** An error of one answer is a failure like another: the next connection may well be read. */
    static IOException failure(Error cause) {
        return new IOException("The stream could not be read: " + cause, cause);
    }

    /** Ends it, because the server answers nothing any more. */
    void drop(Exception cause) {
        dropped = cause;
        connection.close();
    }

    private boolean awaitRoom(StreamSession session, Room room) {
        if (behindSince == null && room.isFull()) {
            behindSince = connection.lastByteAt();
        }
        blocked = true;
        try {
            return room.await(session.pause);
        } finally {
            blocked = false;
        }
    }

    /** Null: there may be more. */
    private Ending readSome(IncomingLines next) throws IOException, SupersededException {
        List<StreamLine> lines = new ArrayList<>();
        try {
            return readInto(lines) ? null : Ending.clean();
        } finally {
            // What came before a failure is handed over before it.
            if (!lines.isEmpty()) {
                handOver(lines, next);
            }
        }
    }

    /** Waits for a line, and takes those that came with it; false: there are no more. */
    private boolean readInto(List<StreamLine> lines) throws IOException {
        long asked = clock.nanos();
        StreamLine line;
        try {
            line = connection.read();
        } finally {
            if (clock.since(asked).compareTo(CAUGHT_UP_AFTER) >= 0) {
                behindSince = null;
            }
        }
        if (line == null) {
            return false;
        }
        lines.add(line);
        while (lines.size() < LINES_AT_ONCE && (line = connection.poll()) != null) {
            lines.add(line);
        }
        return true;
    }

    private void handOver(List<StreamLine> lines, IncomingLines next) throws SupersededException {
        Instant upTo = connection.lastByteAt();
        Renewal current = renewal;
        if (current == null) {
            next.received(lines, upTo);
        } else if (!current.received(this, lines, upTo)) {
            throw new SupersededException();
        }
    }

    /** Another connection has taken over, which has these lines too. */
    private static final class SupersededException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
