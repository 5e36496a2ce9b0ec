package io.github.camelgitpod.event.group;

import io.github.camelgitpod.event.stream.EventStream;
import java.time.Instant;

/** A stream that the consumer holds open, and its ledger. */
record HeldStream(EventStream stream, DeliveryLedger ledger) {

    void start(StreamsRun run) {
        run.execute(stream.open(run.client()));
    }

    /** Until when it was delivered; null: it is not known. */
    Instant position() {
        return ledger.position(stream.receivedUpTo());
    }
}
