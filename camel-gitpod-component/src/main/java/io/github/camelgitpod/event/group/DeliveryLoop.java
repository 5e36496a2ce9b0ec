package io.github.camelgitpod.event.group;

import io.github.camelgitpod.client.Backoff;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.event.group.DeliveryQueue.Events;
import io.github.camelgitpod.event.group.DeliveryQueue.Opened;
import io.github.camelgitpod.event.group.DeliveryQueue.Parcel;
import io.github.camelgitpod.event.group.DeliveryQueue.Skipped;
import io.github.camelgitpod.event.group.DeliveryQueue.Task;
import io.github.camelgitpod.event.recovery.Reconciler;
import io.github.camelgitpod.event.recovery.Reconciler.Recovered;
import io.github.camelgitpod.event.stream.StreamClock;
import io.github.camelgitpod.event.stream.Turn;
import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what the streams received, in one thread: events with the gap that they come after, gaps, and first of all what
 * can be recovered of a gap. What cannot be recovered now is tried again, between events.
 */
public final class DeliveryLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryLoop.class);
    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final DeliveryQueue buffer;
    private final EventSink sink;
    private final Backoff backoff;
    private final StreamClock clock;
    private final Consumer<Throwable> failed;
    private final Turn turn;
    private final Set<DeliveryLedger> owing = new LinkedHashSet<>();
    /** When to look for what became visible late. */
    private final Map<DeliveryLedger, Long> looks = new LinkedHashMap<>();

    private volatile GitpodClient client;
    private volatile boolean open;
    private volatile long closedGaps;
    private volatile long recoveredEvents;

    /** Ends a recovery in which the route gets no more events. */
    private static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StoppedException() {
            super("stopped", null, false, false);
        }
    }

    /** @param failed is told when nothing can be delivered any more */
    public DeliveryLoop(
            DeliveryQueue buffer, EventSink sink, Backoff backoff, StreamClock clock, Consumer<Throwable> failed) {
        this.buffer = buffer;
        this.sink = sink;
        this.backoff = backoff;
        this.clock = clock;
        this.failed = failed;
        this.turn = new Turn(clock);
    }

    /**
     * Gets ready for {@link #run()}.
     *
     * @param opened to recover with
     */
    public void open(GitpodClient opened) {
        client = opened;
        open = true;
        buffer.open();
    }

    /** Ends {@link #run()} after the exchange under way; what was not delivered stays for the next run. */
    public void close() {
        open = false;
        buffer.close();
    }

    /** One run at a time: a second one waits until the first is over. */
    @Override
    public void run() {
        turn.take();
        try {
            pump();
        } catch (RuntimeException | Error e) {
            // Silence would look like a quiet organization.
            failed.accept(e);
        } finally {
            turn.pass();
        }
    }

    private void pump() {
        while (open) {
            Parcel parcel = buffer.head(untilNextRecovery());
            if (parcel != null && deliver(parcel)) {
                buffer.remove(parcel);
                parcel.feed().finished();
            }
            recoverWhatIsDue();
        }
    }

    long closedGaps() {
        return closedGaps;
    }

    public long recoveredEvents() {
        return recoveredEvents;
    }

    /** Whether all of it was delivered. */
    private boolean deliver(Parcel parcel) {
        if (parcel instanceof Opened opened) {
            opened(opened.feed(), opened.gap());
        } else if (parcel instanceof Events events) {
            return deliver(events);
        } else if (parcel instanceof Skipped skipped) {
            skipped(skipped.feed(), skipped.gap());
        } else if (parcel instanceof Task task) {
            task.action().run();
        }
        return true;
    }

    private boolean deliver(Events parcel) {
        DeliveryLedger feed = parcel.feed();
        while (open && parcel.delivered < parcel.events.size()) {
            GitpodEvent event = parcel.events.get(parcel.delivered++);
            feed.reconciler().observed(event);
            deliver(feed, event);
            feed.delivered(event.receivedAt());
        }
        return parcel.delivered == parcel.events.size();
    }

    private void skipped(DeliveryLedger feed, StreamGap gap) {
        tell(feed, gap);
        if (feed.reconciler() == Reconciler.NONE) {
            closed(feed, gap, Recovered.NOTHING);
        } else {
            // Soon, not at once: such lines seldom come alone.
            owe(feed, feed.owedGap == null ? gap : feed.owedGap.and(gap));
        }
        feed.delivered(gap.to());
    }

    private void deliver(DeliveryLedger feed, GitpodEvent event) {
        buffer.exchangeBegins();
        try {
            if (sink.event(feed.environmentId(), event, feed.untold)) {
                feed.untold = null;
            }
        } finally {
            buffer.exchangeEnds();
        }
    }

    private void opened(DeliveryLedger feed, StreamGap gap) {
        if (gap != null) {
            tell(feed, gap);
        }
        StreamGap owed = feed.owedGap == null ? gap : feed.owedGap.and(gap);
        recover(feed, owed);
    }

    private void tell(DeliveryLedger feed, StreamGap gap) {
        feed.untold = feed.untold == null ? gap : feed.untold.and(gap);
        sink.gap(feed.environmentId(), gap);
    }

    private void recover(DeliveryLedger feed, StreamGap gap) {
        try {
            Recovered recovered = feed.reconciler().recover(client, gap, event -> deliverRecovered(feed, event));
            feed.owesNothing();
            owing.remove(feed);
            planLook(feed);
            if (gap != null) {
                closed(feed, gap, recovered);
            }
        } catch (IOException | RuntimeException e) {
            if (!open) {
                LOG.debug("Stopped while recovering", e);
            } else if (!feed.failureTold) {
                feed.failureTold = true;
                LOG.warn("What was missed cannot be recovered now and will be tried again: {}", e.toString());
            } else {
                LOG.debug("What was missed cannot be recovered yet: {}", e.toString());
            }
            owe(feed, gap);
        }
    }

    private void deliverRecovered(DeliveryLedger feed, GitpodEvent event) {
        if (!open) {
            throw new StoppedException();
        }
        deliver(feed, event);
    }

    private void lookAgain(DeliveryLedger feed) {
        try {
            Recovered late = feed.reconciler().lookAgain(client, event -> deliverRecovered(feed, event));
            recoveredEvents += late.synthetic() + late.auditEntries();
            planLook(feed);
        } catch (IOException | RuntimeException e) {
            LOG.debug("What became visible late will be looked for again", e);
            looks.put(feed, clock.nanos() + backoff.longest().toNanos());
        }
    }

    private void planLook(DeliveryLedger feed) {
        Duration wait = feed.reconciler().lookAgainIn();
        if (wait == null) {
            looks.remove(feed);
        } else {
            looks.put(feed, clock.nanos() + wait.toNanos());
        }
    }

    private void owe(DeliveryLedger feed, StreamGap gap) {
        feed.owes(gap);
        owing.add(feed);
        feed.recoverAt =
                clock.nanos() + backoff.afterFailures(++feed.failedRecoveries).toNanos();
    }

    private void closed(DeliveryLedger feed, StreamGap gap, Recovered recovered) {
        closedGaps++;
        recoveredEvents += recovered.synthetic() + recovered.auditEntries();
        sink.gapClosed(
                feed.environmentId(),
                new ClosedGap(gap, recovered.relisted(), recovered.synthetic(), recovered.auditEntries()));
    }

    private Duration untilNextRecovery() {
        long now = clock.nanos();
        return Stream.concat(owing.stream().map(feed -> feed.recoverAt), looks.values().stream())
                .map(due -> Duration.ofNanos(Math.max(1, due - now)))
                .min(Duration::compareTo)
                .orElse(FOR_EVER);
    }

    private void recoverWhatIsDue() {
        long now = clock.nanos();
        for (DeliveryLedger feed : List.copyOf(owing)) {
            if (open && feed.recoverAt - now <= 0) {
                recover(feed, feed.owedGap);
            }
        }
        for (Map.Entry<DeliveryLedger, Long> look : List.copyOf(looks.entrySet())) {
            if (open && look.getValue() - now <= 0) {
                lookAgain(look.getKey());
            }
        }
    }
}
