package io.github.camelgitpod.event.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.Backoff;
import io.github.camelgitpod.client.Pause;
import io.github.camelgitpod.event.stream.StreamStatus.State;
import io.github.camelgitpod.health.HealthState;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.testing.SteadyClocks;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The figures of one stream and of several. */
class StreamStatusTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final StreamGap GAP = new StreamGap(START, START.plusSeconds(1), "reset", 1);
    private static final StreamGap LATER = new StreamGap(START, START.plusSeconds(2), "idle", 1);

    private Instant now = START;
    private final StreamMeter meter = new StreamMeter(
            new StreamClock(SteadyClocks.of(() -> now), System::nanoTime, Pause::await, ReentrantLock::new));
    private final SettableConnection connection = new SettableConnection(START);

    @Test
    void aRenewedConnectionCountsAndTheStreamHasBeenOpenAllTheTime() {
        meter.open(connection, null);
        now = START.plusSeconds(10);
        SettableConnection second = new SettableConnection(START.plusSeconds(9));

        meter.renewed(second, null);

        StreamStatus status = meter.status();
        assertThat(status.state()).isEqualTo(State.OPEN);
        assertThat(status.since()).isEqualTo(START);
        assertThat(status.connects()).isEqualTo(2);
        assertThat(status.renewals()).isEqualTo(1);
        assertThat(status.gaps()).isZero();
        assertThat(status.lastByteAt()).isEqualTo(START.plusSeconds(9));
    }

    @Test
    void aConnectionThatIsRenewedAfterItEndedOpensTheStreamAgain() {
        meter.reconnecting(Ending.ofConnection(new IOException("reset")), START.plusSeconds(1));
        now = START.plusSeconds(10);

        meter.renewed(connection, GAP);

        StreamStatus status = meter.status();
        assertThat(status.state()).isEqualTo(State.OPEN);
        assertThat(status.since()).isEqualTo(now);
        assertThat(status.gaps()).isEqualTo(1);
        assertThat(status.lastGap()).isEqualTo(GAP);
    }

    @Test
    void aConnectionThatIsClosedIsNotAskedAnyMore() {
        meter.open(connection, null);
        meter.closed();
        connection.lastByteAt = START.plusSeconds(9);

        assertThat(meter.status().lastByteAt()).isEqualTo(START);
        meter.closed();
        assertThat(meter.status().lastByteAt()).isEqualTo(START);
    }

    @Test
    void anAttemptCountsOnlyIfNothingWasOpen() {
        meter.reconnecting(Ending.ofConnection(new IOException("reset")), START);
        assertThat(meter.status().attempts()).isZero();
        meter.reconnecting(Ending.ofAttempt(new IOException("refused")), START.plusSeconds(1));
        now = START.plusSeconds(5);
        meter.reconnecting(Ending.ofAttempt(new ApiException(503, null, "later", null)), START.plusSeconds(7));

        StreamStatus status = meter.status();
        assertThat(status.attempts()).isEqualTo(2);
        assertThat(status.since()).isEqualTo(START);
        assertThat(status.nextAttemptAt()).isEqualTo(START.plusSeconds(7));
        assertThat(status.lastStatus()).isEqualTo(503);

        meter.connecting();
        assertThat(meter.status().attempts()).isZero();
        assertThat(meter.status().state()).isEqualTo(State.CONNECTING);
        assertThat(meter.status().nextAttemptAt()).isNull();
    }

    @Test
    void anErrorWithoutAMessageIsToldByItsName() {
        meter.failed("restart", new IllegalStateException());

        assertThat(meter.status().lastError()).isEqualTo("java.lang.IllegalStateException");
        meter.stopped();
        assertThat(meter.status().state()).as("a failed stream stays one").isEqualTo(State.FAILED);
    }

    @Test
    void severalStreamsAreAsBadAsTheWorstOfThem() {
        StreamStatus open = new StreamStatus(
                State.OPEN,
                START,
                "a",
                "b",
                1,
                null,
                2,
                null,
                new StreamFigures(10, 20, Map.of("reset", 10L, "idle", 20L), 40, 50),
                LATER,
                START.plusSeconds(3),
                START,
                false);
        StreamStatus retrying = new StreamStatus(
                State.RECONNECTING,
                START.plusSeconds(5),
                "reset",
                "Connection reset",
                503,
                HealthState.UNREACHABLE,
                7,
                START.plusSeconds(6),
                new StreamFigures(1, 2, Map.of("reset", 3L), 4, 5),
                GAP,
                START.plusSeconds(1),
                null,
                true);
        StreamStatus connecting = new StreamStatus(
                State.CONNECTING, START, null, null, 0, null, 0, null, StreamFigures.NONE, null, null, null, false);

        assertThat(StreamStatus.of(List.of(open, retrying, connecting)))
                .isEqualTo(new StreamStatus(
                        State.RECONNECTING,
                        START.plusSeconds(5),
                        "reset",
                        "Connection reset",
                        503,
                        HealthState.UNREACHABLE,
                        7,
                        START.plusSeconds(6),
                        new StreamFigures(11, 22, Map.of("reset", 13L, "idle", 20L), 44, 55),
                        LATER,
                        START.plusSeconds(3),
                        START,
                        true));
        assertThat(StreamStatus.of(List.of(connecting))).isEqualTo(connecting);
    }

    @ParameterizedTest(name = "at random {0}: renewed after {1}")
    @CsvSource({"0, PT48M", "0.5, PT60M", "1, PT72M"})
    void connectionsAreRenewedAtAnAgeOfTheirOwn(double random, Duration age) {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), () -> random);
        Duration idle = Duration.ofMinutes(5);

        assertThat(new StreamSettings(idle, Duration.ofHours(1), 1000, backoff, () -> random).drawAge())
                .isEqualTo(age);
        assertThat(new StreamSettings(idle, null, 1000, backoff, () -> random).drawAge())
                .isNull();
    }
}
