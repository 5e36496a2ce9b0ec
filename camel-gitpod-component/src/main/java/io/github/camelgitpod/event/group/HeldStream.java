package io.github.camelgitpod.event.group;

import io.github.camelgitpod.event.stream.EventStream;
import io.github.camelgitpod.state.StreamPosition;

/** A stream that the consumer holds open, and its ledger. */
record HeldStream(EventStream stream, DeliveryLedger ledger) {

    /** Gets ready; what is returned holds it, on a thread of its own. */
    Runnable open(StreamsRun run) {
        return stream.open(run.client());
    }

    /** Where it stands. */
    StreamPosition position() {
        return ledger.toStore();
    }
}
