package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.model.StreamLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BiConsumer;

/**
 * Two connections for one stream, until the new one takes over. It does when both have brought the same line, or when it is
 * clear in another way whether the old one was alive: it brought a byte, it ended, or it stayed open for longer than probes
 * would leave a dead connection. If it was alive, nothing was missed.
 *
 * <p>Each connection has a thread that reads it. The old connection's thread holds the stream until the new connection takes
 * over; from then on the other thread does.
 */
final class Renewal {
    /** Added to the time in which a dead peer is noticed. */
    private static final Duration MARGIN = Duration.ofSeconds(5);
    /** Without probes, only an event can show whether the old connection is alive: how long to wait for one. */
    private static final Duration WITHOUT_SIGNS = Duration.ofSeconds(2);

    private final HeldConnection old;
    private final BiConsumer<List<StreamLine>, Arrival> next;
    private final StreamClock clock;
    private final Handover handover;
    private Overlap overlap = new Overlap();
    private Deque<Object> known = new ArrayDeque<>();
    private State state = State.CONNECTING;
    private HeldConnection fresh;
    /** Of what the new one brought. Null: nothing yet. */
    private Arrival freshArrival;

    private Ending oldEnding;
    /**
     * Since when all that the old one brings is recent, because its reader was waiting for it while the new one was open.
     * What it brought before may have come long ago, and waited for the route. Null: not yet.
     */
    private Instant heardSince;

    private long lastBlocked;
    /** From when the patience with the old one counts: probes need a machine that runs, so a sleep begins it anew. */
    private long patientSince;

    private enum State {
        CONNECTING,
        BOTH,
        SWITCHED,
        CANCELLED
    }

    /** What happens when the new connection takes over, before its lines are passed on. */
    interface Handover {
        /**
         * @param lived  whether the old connection was alive, so that nothing was missed
         * @param ending of the old connection; null: it has not ended
         */
        void takenOver(HeldConnection fresh, boolean lived, Ending ending);
    }

    /** @param next gets the lines of the stream, each once, and when they came */
    Renewal(HeldConnection old, BiConsumer<List<StreamLine>, Arrival> next, StreamClock clock, Handover handover) {
        this.old = old;
        this.next = next;
        this.clock = clock;
        this.handover = handover;
        this.lastBlocked = clock.nanos() - Overlap.SETTLED.toNanos();
    }

    /** Lines came on the old or the new connection; false: its reader has nothing more to do. */
    synchronized boolean received(HeldConnection connection, List<StreamLine> lines, Arrival arrival) {
        return connection == old ? receivedOnOld(lines, arrival) : receivedOnFresh(lines, arrival);
    }

    private boolean receivedOnOld(List<StreamLine> lines, Arrival arrival) {
        if (state == State.SWITCHED) {
            // The new one has them too.
            return false;
        }
        if (state != State.CANCELLED) {
            overlap.old(lines, clock.nanos());
        }
        next.accept(lines, arrival);
        return true;
    }

    private boolean receivedOnFresh(List<StreamLine> lines, Arrival arrival) {
        if (state == State.CANCELLED) {
            return false;
        }
        if (state == State.SWITCHED) {
            forward(lines, arrival);
            return true;
        }
        overlap.fresh(lines, clock.nanos());
        freshArrival = freshArrival == null ? arrival : arrival.after(freshArrival);
        if (overlap.isFull()) {
            switchOver();
            old.close();
        }
        return true;
    }

    /** The new connection is open; false: it is not wanted any more. */
    synchronized boolean opened(HeldConnection connection) {
        if (state == State.CANCELLED) {
            return false;
        }
        fresh = connection;
        patientSince = connection.openedNanos();
        state = State.BOTH;
        if (oldEnding == null) {
            listen();
        } else {
            switchOver();
        }
        return true;
    }

    /** There is no new connection; true: the old one has ended meanwhile, and the caller has the stream. */
    synchronized boolean failed() {
        boolean orphaned = state == State.CONNECTING && oldEnding != null;
        state = State.CANCELLED;
        return orphaned;
    }

    synchronized boolean isUnderWay() {
        return state == State.CONNECTING || state == State.BOTH;
    }

    /**
     * A connection ended.
     *
     * @param ending null: that was asked for
     * @return whether the caller, which read it, holds the stream
     */
    boolean ended(HeldConnection connection, Ending ending) {
        return connection == old ? oldEnded(ending) : freshEnded(ending);
    }

    /** How the old connection ended, if it did. */
    synchronized Ending oldEnding() {
        return oldEnding;
    }

    /**
     * The old connection ended.
     *
     * @param ending null: that was asked for
     * @return whether the caller still has the stream
     */
    private synchronized boolean oldEnded(Ending ending) {
        if (state == State.SWITCHED || state == State.CANCELLED) {
            return state == State.CANCELLED;
        }
        if (ending == null || ending.isStall()) {
            cancel();
            return true;
        }
        oldEnding = ending;
        if (state == State.BOTH) {
            switchOver();
        }
        return false;
    }

    /**
     * The new connection ended.
     *
     * @param ending null: that was asked for
     * @return whether the caller has the stream
     */
    private synchronized boolean freshEnded(Ending ending) {
        if (state == State.BOTH) {
            if (ending == null || overlap.fresh().isEmpty()) {
                state = State.CANCELLED;
            } else {
                switchOver();
                old.close();
            }
        }
        return state == State.SWITCHED;
    }

    /** Looks whether the new connection can take over. To be called several times a second. */
    synchronized void decide() {
        if (state != State.BOTH) {
            return;
        }
        // Nobody else looks at it yet, and a pause between looks would pass for a sleep.
        fresh.look();
        listen();
        long now = clock.nanos();
        boolean slept = old.hasSleptRecently();
        if (slept) {
            patientSince = now;
        }
        if (slept || old.isBlocked() || fresh.isBlocked()) {
            lastBlocked = now;
        }
        if (now - lastBlocked < Overlap.SETTLED.toNanos()) {
            // A reader that sleeps or waits for the route does not read, so a missing line proves nothing.
            return;
        }
        if (overlap.isFreshDeaf(fresh.openedNanos(), now)) {
            cancel();
        } else if (canSwitch(now)) {
            switchOver();
            old.close();
        }
    }

    /** Ends what has not taken over. */
    synchronized void cancel() {
        if (state == State.BOTH) {
            fresh.close();
        }
        if (state != State.SWITCHED) {
            state = State.CANCELLED;
        }
    }

    private boolean canSwitch(long now) {
        if (overlap.fresh().isEmpty()) {
            return overlap.isOldQuiet(now) && (hasSentSince() || isPatienceOver(now));
        }
        return overlap.isSettled(now);
    }

    private void switchOver() {
        long now = clock.nanos();
        OptionalInt meeting = overlap.meeting(now);
        boolean lived = hasLived(now, meeting);
        state = State.SWITCHED;
        if (meeting.isPresent()) {
            known = overlap.knownFrom(meeting.getAsInt());
        }
        handover.takenOver(fresh, lived, oldEnding);
        forward(overlap.fresh(), freshArrival);
        overlap = null;
    }

    private void forward(List<StreamLine> lines, Arrival arrival) {
        List<StreamLine> news = Overlap.news(lines, known);
        if (!news.isEmpty()) {
            next.accept(List.copyOf(news), arrival);
        }
    }

    private boolean hasLived(long now, OptionalInt meeting) {
        if (hasSentSince() || (meeting.isPresent() && meeting.getAsInt() < overlap.oldSize())) {
            return true;
        }
        if (oldEnding != null) {
            // When the network fails, it is not known since when.
            return heardSince != null && oldEnding.isOfServer();
        }
        return meeting.isPresent()
                && overlap.fresh().isEmpty()
                && old.connection().lifeSigns().isPresent()
                && isPatienceOver(now);
    }

    private void listen() {
        if (heardSince == null && !old.isBehind()) {
            heardSince = clock.now();
        }
    }

    private boolean hasSentSince() {
        return heardSince != null && old.connection().readUpTo().isAfter(heardSince);
    }

    private boolean isPatienceOver(long now) {
        Duration patience = old.connection().lifeSigns().map(MARGIN::plus).orElse(WITHOUT_SIGNS);
        return now - patientSince >= patience.toNanos();
    }
}
