package io.github.camelgitpod.event.group;

import io.github.camelgitpod.client.Backoff;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.event.recovery.GapRecovery.Recovered;
import io.github.camelgitpod.event.stream.StreamClock;
import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recovers what the streams missed. What cannot be recovered now is tried again, and what becomes visible late is looked
 * for later, both between events. Used by the thread that delivers.
 */
final class PendingRecoveries {
    private static final Logger LOG = LoggerFactory.getLogger(PendingRecoveries.class);
    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final EventSink sink;
    private final BiConsumer<DeliveryLedger, GitpodEvent> delivery;
    private final BooleanSupplier open;
    private final Backoff backoff;
    private final StreamClock clock;
    /** Of streams that have something to recover or to look for later. */
    private final Map<DeliveryLedger, RecoverySchedule> waiting = new LinkedHashMap<>();

    private final AtomicLong closedGaps = new AtomicLong();
    private final AtomicLong recoveredEvents = new AtomicLong();
    private volatile GitpodClient client;

    /** Ends a recovery when the route gets no more events. */
    private static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StoppedException() {
            super("stopped", null, false, false);
        }
    }

    /**
     * @param sink     gets the ends of gaps
     * @param delivery delivers an event that was recovered
     * @param open     false: the route gets no more events
     */
    PendingRecoveries(
            EventSink sink,
            BiConsumer<DeliveryLedger, GitpodEvent> delivery,
            BooleanSupplier open,
            Backoff backoff,
            StreamClock clock) {
        this.sink = sink;
        this.delivery = delivery;
        this.open = open;
        this.backoff = backoff;
        this.clock = clock;
    }

    /** From now on this client is asked. */
    void open(GitpodClient opened) {
        client = opened;
    }

    long closedGaps() {
        return closedGaps.get();
    }

    long recoveredEvents() {
        return recoveredEvents.get();
    }

    /**
     * A stream has a connection: recovers what it missed before.
     *
     * @param gap null: it is the first connection, and there is no gap
     */
    void recover(DeliveryLedger ledger, StreamGap gap) {
        StreamGap all = ledger.toRecover(gap);
        RecoverySchedule schedule = scheduleWanted(ledger);
        try {
            Recovered recovered = ledger.recovery().recover(client, all, event -> deliver(ledger, event));
            ledger.recovered();
            schedule.recovered();
            schedule.lookLater(ledger.recovery().lookAgainIn(), clock.nanos());
            // Also without a gap: a listing can be ahead of the events that it is about.
            count(recovered);
            if (all != null) {
                close(ledger, all, recovered);
            }
        } catch (IOException | RuntimeException | Error e) {
            if (!open.getAsBoolean()) {
                LOG.debug("Stopped while recovering", e);
            } else if (schedule.isFirstFailure()) {
                LOG.warn("What was missed cannot be recovered now and will be tried again: {}", e.toString());
            } else {
                LOG.debug("What was missed cannot be recovered yet: {}", e.toString());
            }
            schedule.recoverLater(backoff, clock.nanos());
        }
    }

    /** A stream has missed a line: it is recovered soon, not at once, since such lines seldom come alone. */
    void recoverSoon(DeliveryLedger ledger, StreamGap gap) {
        if (ledger.recovery().isNone()) {
            close(ledger, gap, Recovered.NOTHING);
        } else {
            ledger.toRecover(gap);
            scheduleWanted(ledger).recoverLater(backoff, clock.nanos());
        }
    }

    private RecoverySchedule scheduleWanted(DeliveryLedger ledger) {
        RecoverySchedule schedule = waiting.computeIfAbsent(ledger, any -> new RecoverySchedule());
        schedule.recoveryWanted();
        return schedule;
    }

    /** After how long to call {@link #recoverWhatIsDue()}. */
    Duration untilDue() {
        long now = clock.nanos();
        return waiting.values().stream()
                .map(schedule -> schedule.untilDue(now))
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(FOR_EVER);
    }

    void recoverWhatIsDue() {
        long now = clock.nanos();
        new LinkedHashMap<>(waiting).forEach((ledger, schedule) -> {
            if (open.getAsBoolean() && schedule.isRecoveryDue(now)) {
                recover(ledger, null);
            }
            if (open.getAsBoolean() && schedule.isLookDue(now)) {
                lookAgain(ledger, schedule);
            }
        });
        waiting.values().removeIf(schedule -> schedule.untilDue(now) == null);
    }

    private void lookAgain(DeliveryLedger ledger, RecoverySchedule schedule) {
        try {
            count(ledger.recovery().lookAgain(client, event -> deliver(ledger, event)));
            schedule.lookLater(ledger.recovery().lookAgainIn(), clock.nanos());
        } catch (IOException | RuntimeException | Error e) {
            LOG.debug("What became visible late will be looked for again", e);
            schedule.lookLater(backoff.longest(), clock.nanos());
        }
    }

    private void deliver(DeliveryLedger ledger, GitpodEvent event) {
        if (!open.getAsBoolean()) {
            throw new StoppedException();
        }
        delivery.accept(ledger, event);
    }

    private void close(DeliveryLedger ledger, StreamGap gap, Recovered recovered) {
        closedGaps.incrementAndGet();
        sink.gapClosed(
                ledger.environmentId(),
                new ClosedGap(gap, recovered.relisted(), recovered.synthetic(), recovered.auditEntries()));
    }

    private void count(Recovered recovered) {
        recoveredEvents.addAndGet(recovered.synthetic() + (long) recovered.auditEntries());
    }
}
