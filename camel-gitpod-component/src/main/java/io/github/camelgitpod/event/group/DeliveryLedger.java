package io.github.camelgitpod.event.group;

import io.github.camelgitpod.event.group.DeliveryQueue.Events;
import io.github.camelgitpod.event.group.DeliveryQueue.Opened;
import io.github.camelgitpod.event.group.DeliveryQueue.Parcel;
import io.github.camelgitpod.event.group.DeliveryQueue.Skipped;
import io.github.camelgitpod.event.group.DeliveryQueue.Task;
import io.github.camelgitpod.event.recovery.Reconciler;
import io.github.camelgitpod.event.stream.StreamInbox;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import java.time.Instant;
import java.util.List;

/** One stream's way to the route, and how far the route is. */
public final class DeliveryLedger implements StreamInbox {
    private final DeliveryQueue buffer;
    private final String environmentId;
    private final Reconciler reconciler;
    private int underWay;
    private Instant deliveredUpTo;

    /** What the next event comes after, and what is still to be recovered; for the thread that delivers. */
    StreamGap untold;

    boolean owed;
    StreamGap owedGap;
    int failedRecoveries;
    boolean failureTold;
    long recoverAt;

    /**
     * @param environmentId of the stream's scope; null: the organization
     * @param deliveredUpTo as an earlier process left it; null: it is not known
     */
    public DeliveryLedger(DeliveryQueue buffer, String environmentId, Reconciler reconciler, Instant deliveredUpTo) {
        this.buffer = buffer;
        this.environmentId = environmentId;
        this.reconciler = reconciler;
        this.deliveredUpTo = deliveredUpTo;
    }

    String environmentId() {
        return environmentId;
    }

    Reconciler reconciler() {
        return reconciler;
    }

    @Override
    public void opened(StreamGap gap) {
        add(new Opened(this, gap));
    }

    @Override
    public void received(List<GitpodEvent> events) {
        add(new Events(this, events));
    }

    @Override
    public void skipped(StreamGap gap) {
        add(new Skipped(this, gap));
    }

    /** Has something done by the thread that delivers, after what was received before. */
    void then(Runnable action) {
        add(new Task(this, action));
    }

    private void add(Parcel parcel) {
        synchronized (this) {
            underWay++;
        }
        buffer.add(parcel);
    }

    /** One event was delivered, before the rest of its parcel. */
    synchronized void delivered(Instant upTo) {
        if (!owed) {
            deliveredUpTo = upTo;
        }
    }

    synchronized void finished() {
        underWay--;
    }

    /** What was missed could not be recovered yet. */
    synchronized void owes(StreamGap gap) {
        owed = true;
        owedGap = gap;
        if (gap != null && (deliveredUpTo == null || gap.from().isBefore(deliveredUpTo))) {
            deliveredUpTo = gap.from();
        }
    }

    synchronized void owesNothing() {
        owed = false;
        owedGap = null;
        failedRecoveries = 0;
        failureTold = false;
    }

    /**
     * Until when the route has got everything that can be got: where a gap would begin if the process ended now.
     *
     * @param lastByteAt of the stream's connection; null: there was none
     * @return null: not known
     */
    synchronized Instant position(Instant lastByteAt) {
        return owed || underWay > 0 || lastByteAt == null ? deliveredUpTo : lastByteAt;
    }
}
