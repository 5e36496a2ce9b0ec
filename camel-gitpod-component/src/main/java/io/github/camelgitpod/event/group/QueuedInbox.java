package io.github.camelgitpod.event.group;

import io.github.camelgitpod.event.stream.StreamInbox;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import java.util.List;

/** Puts what one stream receives into the queue. */
record QueuedInbox(DeliveryQueue queue, DeliveryLedger ledger) implements StreamInbox {

    @Override
    public void opened(StreamGap gap) {
        if (gap != null) {
            ledger.begins(gap.from());
        }
        queue.add(new Parcel.Opened(ledger, gap));
    }

    @Override
    public void received(List<GitpodEvent> events) {
        ledger.begins(events.get(0).receivedAt());
        queue.add(new Parcel.Events(ledger, events));
    }

    @Override
    public void skipped(StreamGap gap) {
        ledger.begins(gap.from());
        queue.add(new Parcel.Skipped(ledger, gap));
    }
}
