package io.github.camelgitpod.event.group;

import io.github.camelgitpod.event.stream.StreamInbox;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * Puts what one stream receives into the queue.
 *
 * @param wanted which events; the others are left out
 */
record QueuedInbox(DeliveryQueue queue, DeliveryLedger ledger, Predicate<GitpodEvent> wanted) implements StreamInbox {

    @Override
    public void opened(StreamGap gap) {
        queue.add(new Parcel.Opened(ledger, gap));
    }

    @Override
    public void ended(Instant until) {
        queue.add(new Parcel.Task(ledger, () -> ledger.recovery().delivered(until)));
    }

    @Override
    public void received(List<GitpodEvent> events, Instant before) {
        List<GitpodEvent> own = events.stream().filter(wanted).toList();
        if (!own.isEmpty()) {
            queue.add(new Parcel.Events(ledger, own, before));
        }
    }

    @Override
    public void skipped(StreamGap gap) {
        queue.add(new Parcel.Skipped(ledger, gap));
    }
}
