package io.github.camelgitpod.event.group;

import io.github.camelgitpod.event.recovery.GapRecovery;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.state.StreamPosition;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What one stream still has to report and to recover, and until when the route has everything. Kept by the thread
 * that delivers, and while that holds what the stream brings, by the one that recovers; any thread may ask for the position.
 */
final class DeliveryLedger {
    private final String environmentId;
    private final GapRecovery recovery;
    /** Until when the stream missed nothing; gives null: it is not known. */
    private volatile Supplier<Instant> receivedUpTo = () -> null;
    /** How many of the stream's parcels are in the queue. */
    private int queued;
    /** Where gaps would have to begin because of them, in order. */
    private final Deque<Instant> queuedSince = new ArrayDeque<>();

    private Instant deliveredUpTo;
    private StreamGap unreported;

    /** What is to be recovered; null: no gap is. */
    private StreamGap pendingGap;

    /** Whether something is being recovered now. */
    private boolean recovering;

    /**
     * @param environmentId of the stream's scope; null: the organization
     * @param first         as an earlier process left it; of a new stream: since when it is wanted
     */
    DeliveryLedger(String environmentId, GapRecovery recovery, StreamPosition first) {
        this.environmentId = environmentId;
        this.recovery = recovery;
        this.deliveredUpTo = first.deliveredUpTo();
        this.unreported = first.owed();
    }

    String environmentId() {
        return environmentId;
    }

    GapRecovery recovery() {
        return recovery;
    }

    /** @param upTo until when the stream missed nothing; gives null: it is not known */
    void follow(Supplier<Instant> upTo) {
        receivedUpTo = upTo;
    }

    /**
     * A parcel of the stream is in the queue.
     *
     * @param since where a gap has to begin until it is delivered; null: nowhere
     */
    synchronized void queued(Instant since) {
        queued++;
        if (since != null) {
            queuedSince.add(since);
        }
    }

    /** A parcel of the stream, the oldest one, was delivered and has left the queue. */
    synchronized void unqueued(Instant since) {
        queued--;
        if (since != null) {
            queuedSince.remove();
        }
    }

    /** Everything until then was delivered, unless it has to be recovered. */
    synchronized void delivered(Instant upTo) {
        if (pendingGap == null) {
            deliveredUpTo = upTo;
        }
    }

    /**
     * Until when the route has everything that can be had: where a gap would begin if the process ended now.
     *
     * @param upToNow until when the stream missed nothing; null: it has had no connection yet
     */
    synchronized Instant position(Instant upToNow) {
        boolean allDelivered = pendingGap == null && queued == 0 && !recovering;
        boolean isLess = upToNow != null && upToNow.isBefore(deliveredUpTo);
        Instant upTo = upToNow != null && (allDelivered || isLess) ? upToNow : deliveredUpTo;
        // An event can be read long after it was sent, when the route was in the way: later than what comes after it
        // happened.
        return Stream.concat(Stream.of(upTo), queuedSince.stream())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** The same by what its stream says. */
    Instant position() {
        return position(receivedUpTo.get());
    }

    /** The same with what is owed to the route, for the next process. */
    synchronized StreamPosition toStore(Instant upToNow) {
        return new StreamPosition(position(upToNow), unreported);
    }

    /** The same by what its stream says. */
    StreamPosition toStore() {
        return toStore(receivedUpTo.get());
    }

    /** The next event has to report this gap. */
    synchronized void missed(StreamGap gap) {
        unreported = unreported == null ? gap : unreported.and(gap);
    }

    /** What the next event has to report; null: nothing. */
    synchronized StreamGap unreported() {
        return unreported;
    }

    synchronized void reported() {
        unreported = null;
    }

    /**
     * Something is to be recovered, beside what is pending.
     *
     * @param gap null: the stream's first connection, before which there was none
     * @return the gap to recover now; null: no gap
     */
    synchronized StreamGap toRecover(StreamGap gap) {
        pendingGap = pendingGap == null ? gap : pendingGap.and(gap);
        if (pendingGap != null && pendingGap.from().isBefore(deliveredUpTo)) {
            deliveredUpTo = pendingGap.from();
        }
        return pendingGap;
    }

    /** What is to be recovered beside what was said before; null: no gap. */
    synchronized StreamGap pendingGap() {
        return pendingGap;
    }

    /** Something is being recovered or looked for; what the stream brings waits meanwhile. */
    synchronized void recoveryBegins() {
        recovering = true;
    }

    /** That has ended, well or not. */
    synchronized void recoveryEnds() {
        recovering = false;
    }

    synchronized boolean isRecovering() {
        return recovering;
    }

    /** Nothing is to be recovered any more. */
    synchronized void recovered() {
        pendingGap = null;
    }
}
