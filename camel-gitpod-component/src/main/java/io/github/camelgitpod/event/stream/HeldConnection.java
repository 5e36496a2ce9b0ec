package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.client.Backoff;
import io.github.camelgitpod.client.Durations;
import io.github.camelgitpod.client.EventConnection;
import io.github.camelgitpod.model.StreamLine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A stream's connection: reads it, and knows how far it was read and when it is to be renewed. */
final class HeldConnection {
    private static final int LINES_AT_ONCE = 256;

    private final EventConnection connection;
    private final Instant openedAt;
    private final long openedNanos;
    /** At which age it is renewed; null: at none. */
    private final Duration longestLife;
    /** While it is being renewed, or is the renewed one. */
    private volatile Renewal renewal;
    /** When it may be renewed, after renewing failed. */
    private volatile long renewAt;

    private volatile int failedRenewals;
    private final StreamClock clock;
    private final Sleeps sleeps;
    private final Backlog backlog;
    private volatile boolean blocked;
    /** Until when nothing was missed before the lines that are being handed over; null: none are. */
    private volatile Instant handingOver;
    /** Why it was ended from this side; null: it was not. */
    private volatile Exception dropped;

    HeldConnection(EventConnection connection, StreamClock clock, Duration longestLife) {
        this.connection = connection;
        this.openedAt = connection.openedAt();
        this.clock = clock;
        this.sleeps = new Sleeps(clock, openedAt, connection.readUpTo());
        this.backlog = new Backlog(connection, clock);
        this.openedNanos = clock.nanos();
        this.longestLife = longestLife;
        this.renewAt = openedNanos;
    }

    EventConnection connection() {
        return connection;
    }

    /** From the answer's headers on, or from when it counted as open. */
    Instant openedAt() {
        return openedAt;
    }

    /** The same on the monotonic clock. */
    long openedNanos() {
        return openedNanos;
    }

    Duration age() {
        return clock.since(openedNanos);
    }

    void close() {
        connection.close();
    }

    /** To be called each second. */
    void look() {
        sleeps.look(backlog.readUpTo());
    }

    /** Another one shall replace it, or it shall replace another one. */
    void renewWith(Renewal with) {
        renewal = with;
    }

    /** Looks whether the other one can take over; false: it is not being renewed. */
    boolean decideRenewal() {
        Renewal current = renewal;
        if (current == null || !current.isUnderWay()) {
            return false;
        }
        current.decide();
        return true;
    }

    /**
     * In how long it is to be renewed; not positive: now.
     *
     * @param untilIdle in how long it will have been silent for too long
     */
    Duration untilRenewal(Duration untilIdle) {
        Duration due = longestLife == null ? untilIdle : Durations.shorter(untilIdle, longestLife.minus(age()));
        return Durations.longer(due, Duration.ofNanos(renewAt - clock.nanos()));
    }

    /**
     * It could not be renewed.
     *
     * @param backoff  until it is tried again
     * @param shortest wait until then
     */
    void renewalFailed(Backoff backoff, Duration shortest) {
        Duration wait = Durations.longer(backoff.afterFailures(++failedRenewals), shortest);
        renewAt = clock.nanos() + wait.toNanos();
    }

    /**
     * Its reading ended, and it is closed.
     *
     * @param ending null: that was asked for
     * @return whether who read it holds the stream
     */
    boolean ended(Ending ending) {
        Renewal current = renewal;
        boolean holds = current == null || current.ended(this, ending);
        close();
        return holds;
    }

    /** Whether its reader waits for the route, not for the server. */
    boolean isBlocked() {
        return blocked;
    }

    /** Whether it may have brought something long ago that was not read yet: the route was in the way, or the process slept. */
    boolean isBehind() {
        return hasSleptRecently() || backlog.isThere();
    }

    /** Whether the process slept, and may not have read everything since. */
    boolean hasSleptRecently() {
        return sleeps.areRecent();
    }

    /** Until when nothing was missed, and everything was handed over. */
    Instant readUpTo() {
        Instant before = handingOver;
        return before == null ? sleeps.readUpTo(backlog.readUpTo()) : before;
    }

    /**
     * Reads it to its end. Lines that come together are handed over together, and none waits for others.
     *
     * @return null: the end was asked for, or another connection has taken over
     */
    Ending read(StreamSession session, Capacity capacity, IncomingLines next) {
        try {
            Ending ending = null;
            while (ending == null && session.isOpen()) {
                ending = awaitRoom(session, capacity) ? readSome(next) : Ending.stalled();
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

    private boolean awaitRoom(StreamSession session, Capacity capacity) {
        if (capacity.isFull()) {
            backlog.begins(readUpTo());
        }
        blocked = true;
        try {
            return capacity.await(session.pause);
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
            handOver(lines, next);
        }
    }

    /** Waits for a line, and takes those that came with it; false: there are no more. */
    private boolean readInto(List<StreamLine> lines) throws IOException {
        StreamLine line = awaitLine();
        if (line == null) {
            return false;
        }
        // From here on the connection counts them as read.
        handingOver = readUpTo();
        lines.add(line);
        while (lines.size() < LINES_AT_ONCE && (line = connection.poll()) != null) {
            lines.add(line);
        }
        return true;
    }

    private StreamLine awaitLine() throws IOException {
        boolean answered = false;
        backlog.waits();
        try {
            StreamLine line = connection.read();
            answered = true;
            return line;
        } finally {
            backlog.waited(answered);
        }
    }

    private void handOver(List<StreamLine> lines, IncomingLines next) throws SupersededException {
        if (lines.isEmpty()) {
            return;
        }
        try {
            Instant before = handingOver;
            Instant at = connection.lastByteAt();
            Arrival arrival = new Arrival(before, isBehind() ? before : at, at);
            Renewal current = renewal;
            if (current == null) {
                next.received(lines, arrival);
            } else if (!current.received(this, lines, arrival)) {
                throw new SupersededException();
            }
        } finally {
            handingOver = null;
        }
    }

    /** Another connection has taken over, which has these lines too. */
    private static final class SupersededException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
