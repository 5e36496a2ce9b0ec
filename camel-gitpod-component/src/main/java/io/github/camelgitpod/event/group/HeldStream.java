package io.github.camelgitpod.event.group;

import io.github.camelgitpod.event.stream.EventStream;
import io.github.camelgitpod.state.StreamPosition;

/** A stream that the consumer holds open, and its ledger. */
record HeldStream(EventStream stream, DeliveryLedger ledger) {

    void start(StreamsRun run) {
        run.execute(stream.open(run.client()));
    }

    /** Where it stands; null: it is not known. */
    StreamPosition position() {
        return ledger.toStore();
    }
}
