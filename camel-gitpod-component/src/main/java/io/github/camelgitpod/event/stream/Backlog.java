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
    /**
     * A reader that waited this long for a byte has read all that was sent before. A shorter wait may be due to a process that stood
     * still while the byte was there; a longer stop is noticed as a sleep.
     */
    private static final Duration ALL_READ_AFTER = Sleeps.LATE;
    /** So has one that the route let read for this long, where something comes again and again. */
    private static final Duration READ_ON = Duration.ofSeconds(5);

    private final EventConnection connection;
    private final StreamClock clock;
    /** Until when nothing was missed when it began. Null: there is none. */
    private Instant upToThen;
    /** When all of it was read; only a byte that came later shows that the peer was alive. Null: not yet. */
    private Instant allReadAt;

    /** Since when the route is not in the way any more. Null: it is, or never was. */
    private Long freeSince;

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
        freeSince = null;
    }

    /** The reader asks for a line. */
    synchronized void waits() {
        waiting = true;
        waitingSince = clock.nanos();
        if (freeSince == null) {
            freeSince = waitingSince;
        }
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
            boolean waited = waiting && isLong(Durations.shorter(clock.since(waitingSince), connection.silence()));
            if (waited || freeSince != null && clock.since(freeSince).compareTo(READ_ON) >= 0) {
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
