package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.client.Durations;
import io.github.camelgitpod.client.EventConnection;
import java.time.Duration;
import java.time.Instant;

/**
 * What waits in a connection because the route was in the way of its reader. Such a line is read late, so it does not show that
 * the peer was alive then: the network may have failed long before, and the next line be lost. So the time until when nothing
 * was missed stays where it was before, until the reader has waited for a byte, which shows that all is read, and then got one.
 * Safe for several threads.
 */
final class Backlog {
    /** A reader that waited this long has read all that was sent before; a shorter wait may be due to the network. */
    private static final Duration ALL_READ_AFTER = Overlap.SETTLED;

    private final EventConnection connection;
    private final StreamClock clock;
    /** Until when nothing was missed when it began. Null: there is none. */
    private Instant upToThen;
    /** When all of it was read; only a byte that came later shows that the peer was alive. Null: not yet. */
    private Instant allReadAt;

    private boolean waiting;
    private long waitingSince;

    Backlog(EventConnection connection, StreamClock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    /** @param upTo until when nothing is missed yet */
    synchronized void begins(Instant upTo) {
        look();
        if (upToThen == null) {
            upToThen = upTo;
        }
        allReadAt = null;
    }

    /** The reader asks for a line. */
    synchronized void waits() {
        waiting = true;
        waitingSince = clock.nanos();
    }

    /** @param answered whether the peer sent a line, or that there are no more; otherwise the connection failed */
    synchronized void waited(boolean answered) {
        look();
        waiting = false;
        if (answered && isLong(clock.since(waitingSince))) {
            upToThen = null;
        }
    }

    /** Whether something may be there that was not read yet. */
    synchronized boolean isThere() {
        look();
        return upToThen != null && allReadAt == null;
    }

    /** Until when nothing was missed. */
    synchronized Instant readUpTo() {
        look();
        return upToThen == null ? connection.readUpTo() : upToThen;
    }

    private void look() {
        if (upToThen == null) {
            return;
        }
        if (allReadAt == null) {
            if (waiting && isLong(Durations.shorter(clock.since(waitingSince), connection.silence()))) {
                allReadAt = clock.now();
            }
        } else if (connection.readUpTo().isAfter(allReadAt)) {
            upToThen = null;
        }
    }

    private static boolean isLong(Duration wait) {
        return wait.compareTo(ALL_READ_AFTER) >= 0;
    }
}
