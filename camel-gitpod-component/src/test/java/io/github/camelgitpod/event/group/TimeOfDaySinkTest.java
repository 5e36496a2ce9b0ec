package io.github.camelgitpod.event.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.client.Pause;
import io.github.camelgitpod.client.SteadyClock;
import io.github.camelgitpod.event.stream.StreamClock;
import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.JsonText;
import io.github.camelgitpod.model.StreamGap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class TimeOfDaySinkTest implements EventSink {
    private static final Instant TEN = Instant.parse("2026-02-18T10:00:00Z");

    private final List<GitpodEvent> taken = new ArrayList<>();
    private final AtomicLong readings = new AtomicLong();
    private Instant timeOfDay = TEN;
    private final SteadyClock steady = new SteadyClock(
            () -> {
                readings.incrementAndGet();
                return timeOfDay;
            },
            () -> 0);
    private final TimeOfDaySink sink =
            new TimeOfDaySink(this, new StreamClock(steady, () -> 0, Pause::await, ReentrantLock::new));

    @Test
    void eachEventHasTheTimeOfDayOfItsReceipt() {
        steady.instant();
        timeOfDay = TEN.minus(Duration.ofHours(1));

        sink.events(null, List.of(event(TEN), event(TEN.plusNanos(1)), event(TEN.minusSeconds(2))), null);

        assertThat(taken)
                .extracting(GitpodEvent::receivedAt)
                .containsExactly(timeOfDay, timeOfDay.plusNanos(1), timeOfDay.minusSeconds(2));
        assertThat(taken).extracting(GitpodEvent::resourceId).containsOnly("e1");
    }

    @Test
    void theClockIsAskedOnceForAllEventsThatCameTogether() {
        sink.events(null, List.of(event(TEN), event(TEN), event(TEN)), null);

        assertThat(readings).hasValue(1);
        assertThat(taken).extracting(GitpodEvent::receivedAt).containsExactly(TEN, TEN, TEN);
    }

    private static GitpodEvent event(Instant receivedAt) {
        return GitpodEvent.ofStream(
                "RESOURCE_OPERATION_CREATE", "RESOURCE_TYPE_ENVIRONMENT", "e1", receivedAt, JsonText.of("{}"));
    }

    @Override
    public boolean events(String environmentId, List<GitpodEvent> events, StreamGap gap) {
        return taken.addAll(events);
    }

    @Override
    public void gap(String environmentId, StreamGap gap) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void gapClosed(String environmentId, ClosedGap gap) {
        throw new UnsupportedOperationException();
    }
}
