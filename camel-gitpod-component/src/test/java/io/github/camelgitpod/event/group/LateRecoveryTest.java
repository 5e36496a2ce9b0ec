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
import io.github.camelgitpod.state.RecoveredEntriesStore;
import io.github.camelgitpod.state.StreamPosition;
import io.github.camelgitpod.testing.SteadyClocks;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes visible late is looked for while the stream goes on. */
@Timeout(30)
class LateRecoveryTest {
    private static final String TYPE = "RESOURCE_TYPE_ENVIRONMENT";
    private static final Instant GAP_END = Instant.parse("2026-02-18T10:00:00Z");
    private static final StreamPosition FIRST = new StreamPosition(GAP_END, null);

    private volatile Instant now = GAP_END;
    private final List<String> delivered = new CopyOnWriteArrayList<>();
    private final GapLog log = new GapLog(() -> now);
    private final DeliveryQueue queue = new DeliveryQueue(10, 1_000, Duration.ofMinutes(1), StreamClock.system());
    private final EventSink sink = new EventSink() {
        @Override
        public boolean events(String environmentId, List<GitpodEvent> events, StreamGap gap) {
            GitpodEvent event = events.get(0);
            delivered.add(event.resourceId());
            return true;
        }

        @Override
        public void gap(String environmentId, StreamGap gap) {
            delivered.add("GAP");
        }

        @Override
        public void gapClosed(String environmentId, ClosedGap gap) {
            delivered.add("GAP_CLOSED");
            now = GAP_END.plus(Duration.ofMinutes(10));
            log.failures.add(Optional.of(new IOException("later")));
        }
    };
    private final DeliveryLoop loop = new DeliveryLoop(
            queue,
            sink,
            new Backoff(Duration.ofMillis(10), Duration.ofMillis(20), () -> 0.5),
            new StreamClock(SteadyClock.system(), this::nanos, Pause::await, ReentrantLock::new),
            new Turn(StreamClock.system()),
            failure -> {});

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        loop.close();
        threads.shutdownNow();
    }

    @Test
    void itComesBetweenEventsOfTheStream() {
        entry("at once", GAP_END);
        entry("late", GAP_END.plusSeconds(1));
        GapRecovery recovery = GapRecovery.of(
                new EventQuery(null, List.of()),
                false,
                new RecoveredEntriesStore(new MemoryStateRepository(), "entries"),
                null,
                SteadyClocks.of(() -> now),
                null);
        StreamGap gap = new StreamGap(GAP_END.minusSeconds(10), GAP_END, "reset", 1);
        QueuedInbox inbox = new QueuedInbox(queue, new DeliveryLedger(null, recovery, FIRST), event -> true);
        inbox.opened(gap);
        inbox.received(List.of(GitpodEvent.ofStream("OP", TYPE, "live", GAP_END, JsonText.of("{}"))), Instant.EPOCH);
        loop.open(new StreamsRun(log, new Workers(threads, null)));
        Thread thread = new Thread(loop, "loop");
        thread.setDaemon(true);
        thread.start();

        await().until(() -> delivered.contains("late"));

        assertThat(delivered).containsExactly("GAP", "at once", "GAP_CLOSED", "live", "late");
        await().until(() -> loop.recoveredEvents() == 2);
    }

    /** Stands still until the live event is delivered, and is late then. */
    private long nanos() {
        return delivered.contains("live")
                ? System.nanoTime()
                : System.nanoTime() - Duration.ofHours(1).toNanos();
    }

    private void entry(String subject, Instant visibleFrom) {
        log.add(GAP_END.minusSeconds(1), visibleFrom, TYPE, subject, "Environment created");
    }
}
