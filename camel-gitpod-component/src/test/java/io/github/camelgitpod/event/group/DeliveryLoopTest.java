package io.github.camelgitpod.event.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.client.Backoff;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.Pause;
import io.github.camelgitpod.client.SteadyClock;
import io.github.camelgitpod.event.recovery.GapRecovery;
import io.github.camelgitpod.event.stream.GapLog;
import io.github.camelgitpod.event.stream.StreamClock;
import io.github.camelgitpod.event.stream.Turn;
import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.JsonText;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.state.KnownStateStore;
import io.github.camelgitpod.state.RecoveredEntriesStore;
import io.github.camelgitpod.state.StreamPosition;
import io.github.camelgitpod.testing.RecordedLogs;
import io.github.camelgitpod.testing.SteadyClocks;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DeliveryLoopTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant T1 = T0.plusSeconds(10);
    private static final Instant T2 = T0.plusSeconds(20);
    private static final StreamPosition FIRST = new StreamPosition(T0, null);
    private static final StreamGap GAP = new StreamGap(T0, T1, "bad-line", 0);
    private static final EventQuery ORGANIZATION = new EventQuery(null, List.of());
    private static final Duration MAX_STALL = Duration.ofMillis(1);

    private final MemoryStateRepository repository = new MemoryStateRepository();
    private final GapLog log = new GapLog(() -> T2);
    private final List<String> delivered = new CopyOnWriteArrayList<>();
    private final List<StreamGap> gapsOfEvents = new CopyOnWriteArrayList<>();
    private final AtomicInteger nanosAsked = new AtomicInteger();
    private final Pause pause = new Pause();
    /** Time that passes as often as it is asked for, and ends the pause in the end. */
    private final StreamClock clock = new StreamClock(
            SteadyClock.system(),
            () -> {
                if (nanosAsked.incrementAndGet() == 100) {
                    pause.end();
                }
                return nanosAsked.get() * MAX_STALL.toNanos();
            },
            Pause::await,
            ReentrantLock::new);

    private final DeliveryQueue queue = new DeliveryQueue(1, 1_000_000, MAX_STALL, clock);
    private Consumer<GitpodEvent> onEvent = event -> {};
    private boolean taken = true;
    private volatile ClosedGap closed;
    private final DeliveryLoop loop = new DeliveryLoop(
            queue,
            new EventSink() {
                @Override
                public boolean events(String environmentId, List<GitpodEvent> events, StreamGap gap) {
                    GitpodEvent event = events.get(0);
                    gapsOfEvents.add(gap);
                    onEvent.accept(event);
                    delivered.add(event.resourceId());
                    return taken;
                }

                @Override
                public void gap(String environmentId, StreamGap gap) {
                    delivered.add("GAP");
                }

                @Override
                public void gapClosed(String environmentId, ClosedGap gap) {
                    closed = gap;
                    delivered.add("GAP_CLOSED");
                }
            },
            new Backoff(Duration.ofDays(1), Duration.ofDays(1), () -> 1),
            clock,
            new Turn(StreamClock.system()),
            failure -> delivered.add("FAILED " + failure));

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        loop.close();
        threads.shutdownNow();
    }

    @Test
    void eachEventMovesThePositionOnceItIsDelivered() {
        DeliveryLedger ledger = new DeliveryLedger(null, GapRecovery.none(), FIRST);
        List<Instant> positions = new ArrayList<>();
        onEvent = event -> positions.add(ledger.position(null));
        queue.add(new Parcel.Events(ledger, List.of(event("a", T1), event("b", T2)), null));

        run();

        await().until(() -> T2.equals(ledger.position(null)));
        assertThat(positions).containsExactly(T0, T1);
    }

    /** A process that is killed then: the rest of them happened before they were received. */
    @Test
    void eventsThatWaitedTogetherMoveThePositionOnceAllAreDelivered() {
        DeliveryLedger ledger = new DeliveryLedger(null, GapRecovery.none(), FIRST);
        List<Instant> positions = new ArrayList<>();
        onEvent = event -> positions.add(ledger.position(null));
        queue.add(new Parcel.Events(ledger, List.of(event("a", T2), event("b", T2)), T1));
        queue.add(new Parcel.Events(ledger, List.of(event("c", T2)), T1));

        run();

        await().until(() -> T2.equals(ledger.position(null)));
        assertThat(positions).containsExactly(T0, T1, T1);
    }

    @Test
    void aSkippedLineMovesThePositionAndIsAGapOfTheNextEvent() {
        DeliveryLedger ledger = new DeliveryLedger(null, GapRecovery.none(), FIRST);
        queue.add(new Parcel.Skipped(ledger, GAP));

        run();
        await().until(() -> T1.equals(ledger.position(null)));
        taken = false;
        queue.add(new Parcel.Events(ledger, List.of(event("unwanted", T2)), null));
        await().until(() -> delivered.contains("unwanted"));
        taken = true;
        queue.add(new Parcel.Events(ledger, List.of(event("a", T2), event("b", T2)), null));

        await().until(() -> delivered.contains("b"));
        assertThat(delivered).containsExactly("GAP", "GAP_CLOSED", "unwanted", "a", "b");
        assertThat(gapsOfEvents).containsExactly(GAP, GAP, null);
    }

    @Test
    void whatACloseLeavesIsDeliveredByTheNextRunAndNothingTwice() {
        DeliveryLedger ledger = new DeliveryLedger(null, GapRecovery.none(), FIRST);
        queue.add(new Parcel.Events(ledger, List.of(event("a", T1), event("b", T2)), null));
        onEvent = event -> loop.close();

        Thread first = run();
        await().until(() -> !first.isAlive());
        assertThat(delivered).containsExactly("a");
        assertThat(queue.size()).isEqualTo(2);

        onEvent = event -> {};
        run();
        await().until(() -> queue.size() == 0);
        assertThat(delivered).containsExactly("a", "b");
    }

    @Test
    void recoveryHearsOfEachEventBeforeTheRouteDoes() {
        KnownStateStore known = new KnownStateStore(repository, "known", "scope", () -> T0);
        GapRecovery recovery = GapRecovery.of(ORGANIZATION, false, null, known, SteadyClocks.of(() -> T0), null);
        List<String> stored = new CopyOnWriteArrayList<>();
        onEvent = event -> stored.add(String.valueOf(repository.getState("known/changed")));
        queue.add(new Parcel.Events(new DeliveryLedger(null, recovery, FIRST), List.of(event("a", T1)), null));

        run();

        await().until(() -> delivered.contains("a"));
        assertThat(stored).singleElement().asString().contains("\"a\"");
    }

    @Test
    void anExchangeThatTakesLongIsAStallAndAPauseBetweenTwoIsNone() {
        DeliveryLedger ledger = new DeliveryLedger(null, GapRecovery.none(), FIRST);
        List<Boolean> room = new CopyOnWriteArrayList<>();
        onEvent = event -> {
            room.add(queue.capacity().await(pause));
            loop.close();
        };
        queue.add(new Parcel.Events(ledger, List.of(event("a", T1), event("b", T2)), null));
        Thread thread = run();
        await().until(() -> !thread.isAlive());
        assertThat(room).containsExactly(false);

        // Nothing is delivered, and the queue is as full as before: that is no stall of the route.
        assertThat(queue.capacity().await(pause)).isTrue();
    }

    @Test
    void aRecoveryThatFailsIsReportedOnceAndWaitsBeforeItIsTriedAgain() {
        GapRecovery recovery = GapRecovery.of(
                ORGANIZATION,
                false,
                new RecoveredEntriesStore(repository, "entries"),
                null,
                SteadyClocks.of(() -> T2),
                null);
        DeliveryLedger ledger = new DeliveryLedger(null, recovery, FIRST);
        for (int i = 0; i < 10; i++) {
            log.failures.add(Optional.of(new IOException("later")));
        }
        try (RecordedLogs logs = new RecordedLogs()) {
            queue.add(new Parcel.Opened(ledger, GAP));
            queue.add(new Parcel.Events(ledger, List.of(event("a", T2)), null));
            queue.add(new Parcel.Events(ledger, List.of(event("b", T2)), null));
            queue.add(new Parcel.Events(ledger, List.of(event("c", T2)), null));
            run();
            await().until(() -> delivered.contains("c"));
            assertThat(log.requests).isEqualTo(1);
            queue.add(new Parcel.Opened(ledger, GAP));
            queue.add(new Parcel.Opened(ledger, GAP));
            await().until(() -> log.requests == 3);

            assertThat(logs.warnings())
                    .filteredOn(text -> text.contains("cannot be recovered now"))
                    .hasSize(1);
        }
        assertThat(ledger.position(T2)).isEqualTo(T0);
    }

    @Test
    void aGapIsClosedWithWhatTheRouteHasTaken() {
        GapRecovery recovery = GapRecovery.of(
                ORGANIZATION,
                false,
                new RecoveredEntriesStore(repository, "entries"),
                null,
                SteadyClocks.of(() -> T2),
                null);
        log.add(T0, T0, "RESOURCE_TYPE_PROJECT", "p", "Project created");
        taken = false;
        queue.add(new Parcel.Opened(new DeliveryLedger(null, recovery, FIRST), GAP));

        run();

        await().until(() -> delivered.contains("GAP_CLOSED"));
        assertThat(delivered).contains("p");
        assertThat(closed.auditEntries()).isZero();
        assertThat(loop.recoveredEvents()).isZero();
    }

    private Thread run() {
        loop.open(new StreamsRun(log, new Workers(threads, null)));
        Thread thread = new Thread(loop, "delivery");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static GitpodEvent event(String id, Instant receivedAt) {
        return GitpodEvent.ofStream(
                "RESOURCE_OPERATION_CREATE", "RESOURCE_TYPE_PROJECT", id, receivedAt, JsonText.of("{}"));
    }
}
