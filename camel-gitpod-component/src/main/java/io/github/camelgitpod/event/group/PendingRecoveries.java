package io.github.camelgitpod.event.group;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.Backoff;
import io.github.camelgitpod.client.FailureText;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.event.recovery.GapRecovery.Recovered;
import io.github.camelgitpod.event.stream.StreamClock;
import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recovers what the streams missed, each stream on a thread of its own, while what that stream brings is on hold. What cannot
 * be recovered now is tried again, and what becomes visible late is looked for later. What is recovered is delivered by the
 * thread that delivers, which also calls this.
 */
final class PendingRecoveries {
    private static final Logger LOG = LoggerFactory.getLogger(PendingRecoveries.class);
    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final EventSink sink;
    private final BiPredicate<DeliveryLedger, GitpodEvent> delivery;
    private final DeliveryQueue queue;
    private final Backoff backoff;
    private final StreamClock clock;
    /** Of streams that have something to recover or to look for, now or later. */
    private final Map<DeliveryLedger, RecoverySchedule> waiting = new LinkedHashMap<>();

    /** Of streams whose recovery has failed, and what with. */
    private final Map<DeliveryLedger, String> failures = new ConcurrentHashMap<>();

    private final AtomicLong closedGaps = new AtomicLong();
    private final AtomicLong recoveredEvents = new AtomicLong();
    private volatile StreamsRun run;

    /**
     * @param sink     gets the ends of gaps
     * @param delivery delivers an event that was recovered, and tells whether the route wants such events
     * @param queue    open as long as the route gets events
     */
    PendingRecoveries(
            EventSink sink,
            BiPredicate<DeliveryLedger, GitpodEvent> delivery,
            DeliveryQueue queue,
            Backoff backoff,
            StreamClock clock) {
        this.sink = sink;
        this.delivery = delivery;
        this.queue = queue;
        this.backoff = backoff;
        this.clock = clock;
    }

    /** From now on with this client and these threads. */
    void open(StreamsRun opened) {
        run = opened;
    }

    long closedGaps() {
        return closedGaps.get();
    }

    long recoveredEvents() {
        return recoveredEvents.get();
    }

    /** What keeps something that was missed from being recovered; null: nothing. */
    String failure() {
        return failures.values().stream().findFirst().orElse(null);
    }

    /**
     * A stream has a connection: what it missed before is to be recovered by the next {@link #beginWhatIsDue()}.
     *
     * @param gap null: it is the first connection, and there is no gap
     */
    void recoverNow(DeliveryLedger ledger, StreamGap gap) {
        StreamGap all = ledger.toRecover(gap);
        if (!ledger.recovery().isNone()) {
            scheduleWanted(ledger).recoverNow(clock.nanos());
            return;
        }
        ledger.recovered();
        if (all != null) {
            close(ledger, all, Recovered.NOTHING);
        }
    }

    /** A stream has missed a line: it is recovered soon, not at once, since such lines seldom come alone. */
    void recoverSoon(DeliveryLedger ledger, StreamGap gap) {
        if (ledger.recovery().isNone()) {
            close(ledger, gap, Recovered.NOTHING);
        } else {
            ledger.recovery().missed(gap.from());
            ledger.toRecover(gap);
            scheduleWanted(ledger).recoverLater(backoff, Duration.ZERO, clock.nanos());
        }
    }

    private RecoverySchedule scheduleWanted(DeliveryLedger ledger) {
        RecoverySchedule schedule = waiting.computeIfAbsent(ledger, any -> new RecoverySchedule());
        schedule.recoveryWanted();
        return schedule;
    }

    /** After how long to call {@link #beginWhatIsDue()}; the end of a recovery under way is told by the queue. */
    Duration untilDue() {
        long now = clock.nanos();
        return waiting.entrySet().stream()
                .filter(entry -> !entry.getKey().isRecovering())
                .map(entry -> entry.getValue().untilDue(now))
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(FOR_EVER);
    }

    void beginWhatIsDue() {
        long now = clock.nanos();
        waiting.entrySet()
                .removeIf(entry ->
                        !entry.getKey().isRecovering() && entry.getValue().untilDue(now) == null);
        waiting.forEach((ledger, schedule) -> {
            if (ledger.isRecovering()) {
                return;
            }
            if (schedule.isRecoveryDue(now)) {
                begin(ledger, schedule, client -> recover(ledger, schedule, client));
            } else if (schedule.isLookDue(now)) {
                // Before the stream is on hold.
                Instant upTo = ledger.position();
                begin(ledger, schedule, client -> lookAgain(ledger, upTo, schedule, client));
            }
        });
    }

    private void begin(DeliveryLedger ledger, RecoverySchedule schedule, Consumer<GitpodClient> what) {
        StreamsRun current = run;
        queue.hold(ledger);
        try {
            current.execute(() -> {
                try {
                    what.accept(current.client());
                } finally {
                    queue.release(ledger);
                }
            });
        } catch (RuntimeException | Error e) {
            // There may be no memory for a thread now.
            failed(ledger, schedule, e);
            schedule.lookLater(backoff.longest(), clock.nanos());
            queue.release(ledger);
        }
    }

    private void recover(DeliveryLedger ledger, RecoverySchedule schedule, GitpodClient client) {
        StreamGap gap = ledger.pendingGap();
        try {
            Recovered recovered = ledger.recovery().recover(client, gap, event -> deliver(ledger, event));
            ledger.recovered();
            schedule.recovered();
            failures.remove(ledger);
            schedule.lookLater(ledger.recovery().lookAgainIn(), clock.nanos());
            // Also without a gap: a listing can be ahead of the events that it is about.
            count(recovered);
            if (gap != null) {
                // Not at once: when the streams are being stopped, it comes with the next run.
                queue.addFirst(new Parcel.Task(ledger, () -> close(ledger, gap, recovered)));
            }
        } catch (IOException | RuntimeException | Error e) {
            failed(ledger, schedule, e);
        }
    }

    private void failed(DeliveryLedger ledger, RecoverySchedule schedule, Throwable cause) {
        if (queue.isOpen()) {
            failures.put(ledger, FailureText.of(cause));
        }
        Duration notBefore = Duration.ZERO;
        if (cause instanceof ApiException answer) {
            notBefore = answer.retryAfter().orElse(Duration.ZERO);
        }
        if (!queue.isOpen()) {
            LOG.debug("Stopped while recovering", cause);
        } else if (isRepeated(cause)) {
            LOG.debug("What was missed can be asked for in {} ms: {}", notBefore.toMillis(), cause.toString());
        } else if (schedule.isFirstFailure()) {
            LOG.warn("What was missed cannot be recovered now and will be tried again: {}", FailureText.of(cause));
        } else {
            LOG.debug("What was missed cannot be recovered yet: {}", FailureText.of(cause));
        }
        schedule.recoverLater(backoff, notBefore, clock.nanos());
    }

    /** Whether the server was not asked: that was told when it was. */
    private static boolean isRepeated(Throwable cause) {
        return cause instanceof ApiException answer && answer.isRepeated();
    }

    private void lookAgain(DeliveryLedger ledger, Instant upTo, RecoverySchedule schedule, GitpodClient client) {
        try {
            count(ledger.recovery().lookAgain(client, upTo, event -> deliver(ledger, event)));
            schedule.lookLater(ledger.recovery().lookAgainIn(), clock.nanos());
        } catch (IOException | RuntimeException | Error e) {
            LOG.debug("What became visible late, or has changed, will be looked for again", e);
            schedule.lookLater(backoff.longest(), clock.nanos());
        }
    }

    private boolean deliver(DeliveryLedger ledger, GitpodEvent event) {
        AtomicBoolean taken = new AtomicBoolean();
        queue.run(new Parcel.Errand(ledger, () -> taken.set(delivery.test(ledger, event))));
        return taken.get();
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
