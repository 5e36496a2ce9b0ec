package io.github.camelgitpod.event.group;

import io.github.camelgitpod.client.Backoff;
import io.github.camelgitpod.event.stream.StreamClock;
import io.github.camelgitpod.event.stream.Turn;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what the streams received, in one thread: for each stream a gap, then what can be recovered of it, then the events
 * after it. While something is recovered, which may take long, the other streams' events are delivered.
 */
final class DeliveryLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryLoop.class);

    private final DeliveryQueue queue;
    private final EventSink sink;
    private final PendingRecoveries recoveries;
    private final Consumer<Throwable> failed;
    private final Turn turn;

    /**
     * @param turn   of all that deliver to that route
     * @param failed gets the cause when nothing can be delivered any more
     */
    DeliveryLoop(
            DeliveryQueue queue,
            EventSink sink,
            Backoff backoff,
            StreamClock clock,
            Turn turn,
            Consumer<Throwable> failed) {
        this.queue = queue;
        this.sink = sink;
        this.recoveries =
                new PendingRecoveries(sink, (ledger, event) -> deliver(ledger, List.of(event)), queue, backoff, clock);
        this.failed = failed;
        this.turn = turn;
    }

    /**
     * Gets ready for {@link #run()}.
     *
     * @param run whose client and threads are to recover with
     */
    void open(StreamsRun run) {
        recoveries.open(run);
        queue.open();
    }

    /** Ends {@link #run()} after the exchange under way; what was not delivered stays for the next run. */
    void close() {
        queue.close();
    }

    /** One run at a time: a second one waits until the first is over. */
    @Override
    public void run() {
        turn.take();
        try {
            while (queue.isOpen()) {
                // First: what a stream brings after a gap must not come before what is recovered of it.
                recoveries.beginWhatIsDue();
                Parcel parcel = queue.head(recoveries.untilDue());
                if (parcel != null && deliver(parcel)) {
                    queue.remove(parcel);
                }
            }
        } catch (RuntimeException | Error e) {
            // Silence would look like a quiet organization.
            LOG.error("Events cannot be delivered any more, until the route is started again", e);
            queue.close();
            failed.accept(e);
        } finally {
            turn.pass();
        }
    }

    /** How many gaps are closed: everything was delivered that could be recovered of them. */
    long closedGaps() {
        return recoveries.closedGaps();
    }

    /** What keeps something that was missed from being recovered; null: nothing. */
    String recoveryFailure() {
        return recoveries.failure();
    }

    long recoveredEvents() {
        return recoveries.recoveredEvents();
    }

    /** Whether all of it was delivered. */
    private boolean deliver(Parcel parcel) {
        if (parcel instanceof Parcel.Events events) {
            return deliver(events);
        } else if (parcel instanceof Parcel.Opened opened) {
            if (opened.gap() != null) {
                report(opened.ledger(), opened.gap());
            }
            recoveries.recoverNow(opened.ledger(), opened.gap());
        } else if (parcel instanceof Parcel.Skipped skipped) {
            report(skipped.ledger(), skipped.gap());
            recoveries.recoverSoon(skipped.ledger(), skipped.gap());
            skipped.ledger().delivered(skipped.gap().to());
        } else if (parcel instanceof Parcel.Task task) {
            task.action().run();
        } else if (parcel instanceof Parcel.Errand errand) {
            errand.run();
        }
        return true;
    }

    private boolean deliver(Parcel.Events events) {
        DeliveryLedger ledger = events.ledger();
        while (queue.isOpen() && events.hasNext() && !queue.hasErrand()) {
            List<GitpodEvent> next = sink.takesSeveral() ? events.rest() : List.of(events.next());
            next.forEach(ledger.recovery()::observed);
            deliver(ledger, next);
            ledger.delivered(next.get(next.size() - 1).receivedAt());
        }
        return !events.hasNext();
    }

    private void report(DeliveryLedger ledger, StreamGap gap) {
        ledger.missed(gap);
        sink.gap(ledger.environmentId(), gap);
    }

    /** Whether the route wants such events. */
    private boolean deliver(DeliveryLedger ledger, List<GitpodEvent> events) {
        queue.capacity().exchangeBegins();
        try {
            boolean taken = sink.events(ledger.environmentId(), events, ledger.unreported());
            if (taken) {
                ledger.reported();
            }
            return taken;
        } finally {
            queue.capacity().exchangeEnds();
        }
    }
}
