package io.github.camelgitpod.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Instant timeOfDay = START;
    private long nanos = -5_000_000_000L;
    /** How long the next readings of the time of day take. */
    private final Deque<Duration> slowReadings = new ArrayDeque<>();

    private final SteadyClock clock = new SteadyClock(
            () -> {
                Instant now = timeOfDay;
                if (!slowReadings.isEmpty()) {
                    pass(slowReadings.remove());
                }
                return now;
            },
            () -> nanos);

    @Test
    void itIsTheTimeOfDayAsLongAsThatGoesOn() {
        assertThat(clock.instant()).isEqualTo(START);
        pass(Duration.ofSeconds(3));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(3));
        assertThat(clock.timeOfDay(START)).isEqualTo(START);
        assertThat(clock.timeOfDay(null)).isNull();
    }

    @Test
    void whenTheTimeOfDayIsSetBackItGoesOnAndTellsWhenAMomentWas() {
        Instant before = clock.instant();
        pass(Duration.ofSeconds(10));
        timeOfDay = timeOfDay.minus(Duration.ofHours(1));

        Instant after = clock.instant();

        assertThat(after).isEqualTo(before.plusSeconds(10));
        assertThat(clock.timeOfDay(after)).isEqualTo(timeOfDay);
        assertThat(clock.timeOfDay(before)).isEqualTo(timeOfDay.minusSeconds(10));
        assertThat(clock.momentOf(timeOfDay)).isEqualTo(after);
    }

    @Test
    void eachSettingBackCounts() {
        clock.instant();
        for (int i = 0; i < 3; i++) {
            timeOfDay = timeOfDay.minusSeconds(60);
            clock.instant();
        }
        pass(Duration.ofSeconds(1));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(1));
        assertThat(clock.timeOfDay(START)).isEqualTo(START.minusSeconds(180));
    }

    /** Of a machine that slept, the monotonic clock may have stood still. */
    @Test
    void whenTheTimeOfDayGoesAheadItFollows() {
        clock.instant();
        timeOfDay = timeOfDay.plus(Duration.ofHours(8));

        assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofHours(8)));
        assertThat(clock.timeOfDay(START)).isEqualTo(START);

        timeOfDay = timeOfDay.minus(Duration.ofHours(1));
        assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofHours(8)));
        assertThat(clock.timeOfDay(START)).isEqualTo(START.minus(Duration.ofHours(1)));
    }

    @Test
    void aLittleBackIsNoSettingBackAndItStandsStillMeanwhile() {
        clock.instant();
        timeOfDay = timeOfDay.minusMillis(100);

        assertThat(clock.instant()).isEqualTo(START);
        assertThat(clock.timeOfDay(START)).isEqualTo(START);

        timeOfDay = timeOfDay.minusMillis(1);
        assertThat(clock.instant()).isEqualTo(START);
        assertThat(clock.timeOfDay(START)).isEqualTo(START.minusMillis(101));
    }

    @Test
    void aReadingThatTookLongIsRepeated() {
        clock.instant();
        slowReadings.addAll(List.of(Duration.ofSeconds(2), Duration.ofSeconds(2)));
        Instant slow = clock.instant();

        assertThat(slow).isEqualTo(START.plusSeconds(4));
        assertThat(clock.timeOfDay(START)).isEqualTo(START);
    }

    @Test
    void aMachineThatIsAlwaysSlowGetsAnAnswer() {
        for (int i = 0; i < 100; i++) {
            slowReadings.add(Duration.ofSeconds(1));
        }

        assertThat(clock.instant()).isBefore(START.plusSeconds(20));
    }

    private void pass(Duration time) {
        timeOfDay = timeOfDay.plus(time);
        nanos += time.toNanos();
    }
}
