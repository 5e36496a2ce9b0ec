package io.github.camelgitpod.event.group;

import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Something on its way from a stream to the route. */
sealed interface Parcel {
    /** Of the stream that it came from. */
    DeliveryLedger ledger();

    /** What it tells of; null: no gap. */
    default StreamGap gap() {
        return null;
    }

    /** Where a gap has to begin as long as this is not delivered; null: nowhere. */
    default Instant since() {
        return gap() == null ? null : gap().from();
    }

    /**
     * A connection was opened.
     *
     * @param gap what was missed before it; null: it is the first one
     */
    record Opened(DeliveryLedger ledger, StreamGap gap) implements Parcel {}

    /** A line was received that is not an event; it leaves this gap. */
    record Skipped(DeliveryLedger ledger, StreamGap gap) implements Parcel {}

    /** Something for the delivering thread to do in between. */
    record Task(DeliveryLedger ledger, Runnable action) implements Parcel {}

    /** Something for the delivering thread to do at once, while another thread waits for it. */
    final class Errand implements Parcel {
        private final DeliveryLedger ledger;
        private final Runnable action;
        private Throwable failure;
        private boolean done;

        Errand(DeliveryLedger ledger, Runnable action) {
            this.ledger = ledger;
            this.action = action;
        }

        @Override
        public DeliveryLedger ledger() {
            return ledger;
        }

        /** Does it; what it throws is for the thread that waits. */
        void run() {
            try {
                action.run();
            } catch (RuntimeException | Error e) {
                failure = e;
            }
        }

        void isDoneNow() {
            done = true;
        }

        boolean isDone() {
            return done;
        }

        /** Throws what it has thrown. */
        void rethrow() {
            if (failure instanceof Error error) {
                throw error;
            } else if (failure != null) {
                throw (RuntimeException) failure;
            }
        }
    }

    /** Events that came together, each to be taken once. */
    final class Events implements Parcel {
        /** What an event costs beside its text, roughly. */
        private static final int OVERHEAD = 400;

        private final DeliveryLedger ledger;
        private final Instant before;
        private final int count;
        private final long bytes;
        private final Iterator<GitpodEvent> rest;

        /** @param before until when nothing was missed before they were received */
        Events(DeliveryLedger ledger, List<GitpodEvent> events, Instant before) {
            this.ledger = ledger;
            this.before = before;
            this.count = events.size();
            this.bytes = events.stream()
                    .mapToLong(event -> OVERHEAD + event.json().length())
                    .sum();
            this.rest = events.iterator();
        }

        @Override
        public DeliveryLedger ledger() {
            return ledger;
        }

        /** They can have happened long before they were received, and several in one moment. */
        @Override
        public Instant since() {
            return before;
        }

        /** How many there were in the beginning. */
        int count() {
            return count;
        }

        /** How much memory they take, roughly. */
        long bytes() {
            return bytes;
        }

        boolean hasNext() {
            return rest.hasNext();
        }

        GitpodEvent next() {
            return rest.next();
        }

        /** All that were not taken yet. */
        List<GitpodEvent> rest() {
            List<GitpodEvent> all = new ArrayList<>();
            rest.forEachRemaining(all::add);
            return all;
        }
    }
}
