package io.github.camelgitpod.event.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.client.Backoff;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.event.group.DeliveryLedger;
import io.github.camelgitpod.event.group.DeliveryLoop;
import io.github.camelgitpod.event.group.DeliveryQueue;
import io.github.camelgitpod.event.group.EventSink;
import io.github.camelgitpod.event.stream.StreamClock;
import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.JsonText;
import io.github.camelgitpod.model.StreamGap;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes visible late is looked for while the stream goes on. */
class LateRecoveryTest {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final DeliveryQueue buffer = new DeliveryQueue(10, 1_000, Duration.ofMinutes(1), StreamClock.system());
    private final EventSink sink = new EventSink() {
        @Override
        public boolean event(String environmentId, GitpodEvent event, StreamGap gap) {
            told.add(event.resourceId());
            return true;
        }

        @Override
        public void gap(String environmentId, StreamGap gap) {
            told.add("GAP");
        }

        @Override
        public void gapClosed(String environmentId, ClosedGap gap) {
            told.add("GAP_CLOSED");
        }
    };
    private final DeliveryLoop pump = new DeliveryLoop(
            buffer,
            sink,
            new Backoff(Duration.ofMillis(10), Duration.ofMillis(20), () -> 0.5),
            StreamClock.system(),
            failure -> {});

    private static final class Late implements Reconciler {
        private Duration next = Duration.ofMillis(50);
        private int failures = 1;

        @Override
        public Recovered recover(GitpodClient client, StreamGap gap, Consumer<GitpodEvent> sink) {
            sink.accept(line("at once"));
            return new Recovered(0, 0, 1);
        }

        @Override
        public Duration lookAgainIn() {
            return next;
        }

        @Override
        public Recovered lookAgain(GitpodClient client, Consumer<GitpodEvent> sink) throws IOException {
            if (failures-- > 0) {
                throw new IOException("later");
            }
            sink.accept(line("late"));
            next = null;
            return new Recovered(0, 0, 1);
        }

        @Override
        public void observed(GitpodEvent event) {
            // Of no interest.
        }
    }

    @AfterEach
    void close() {
        pump.close();
    }

    @Test
    void itComesBetweenEventsOfTheStream() {
        DeliveryLedger feed = new DeliveryLedger(buffer, null, new Late(), null);
        feed.opened(new StreamGap(Instant.EPOCH, Instant.EPOCH, "reset", 1));
        feed.received(List.of(line("live")));
        pump.open(null);
        Thread thread = new Thread(pump, "pump");
        thread.setDaemon(true);
        thread.start();

        await().until(() -> told.contains("late"));

        assertThat(told).containsExactly("GAP", "at once", "GAP_CLOSED", "live", "late");
        await().until(() -> pump.recoveredEvents() == 2);
    }

    private static GitpodEvent line(String id) {
        return GitpodEvent.ofStream("OP", "TYPE", id, Instant.EPOCH, JsonText.of("{}"));
    }
}
