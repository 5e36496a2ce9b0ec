package io.github.camelgitpod.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.testing.RecordedLogs;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T17")
class StandbyTest {
    private static final OvertakenException OVERTAKEN = new OvertakenException("saved by another one");

    private Duration now = Duration.ofDays(1);
    private final Standby standby = new Standby("the cursor", () -> now.toNanos());

    @Test
    void itGoesOnWhenTheOtherHasNotSavedOverFourLooksAndTenSeconds() {
        standby.begin(OVERTAKEN);
        assertThat(standby.isOn()).isTrue();
        assertThat(looks(Duration.ofSeconds(1), "1")).isEqualTo(11);
        assertThat(looks(Duration.ofMinutes(1), "2")).isEqualTo(4);
        standby.end("it is alone");
        assertThat(standby.isOn()).isFalse();
    }

    @Test
    void aSaveOfTheOtherBeginsTheWaitAnew() {
        standby.begin(OVERTAKEN);
        for (int save = 0; save < 100; save++) {
            now = now.plusMinutes(1);
            assertThat(standby.isOver("save " + save)).isFalse();
        }
        standby.begin(OVERTAKEN);
        assertThat(looks(Duration.ofMinutes(1), "save 99")).isEqualTo(4);
    }

    /** Else two whose exchanges take longer than the wait would take turns for ever. */
    @Test
    void whoIsOvertakenAgainWaitsLonger() {
        for (int seconds : new int[] {10, 20, 40, 80, 160, 320, 600, 600}) {
            standby.begin(OVERTAKEN);
            assertThat(looks(Duration.ofSeconds(1), "1")).isEqualTo(seconds + 1);
            standby.end("it is alone");
        }
        standby.calm();
        standby.begin(OVERTAKEN);
        assertThat(looks(Duration.ofSeconds(1), "1")).isEqualTo(11);
        assertThat(standby.times()).isEqualTo(9);
    }

    @Test
    void itIsToldOnceAndWithoutAStackTrace() {
        try (RecordedLogs logs = new RecordedLogs()) {
            for (int i = 0; i < 3; i++) {
                standby.begin(OVERTAKEN);
            }
            assertThat(logs.events()).singleElement().satisfies(event -> {
                assertThat(event.getFormattedMessage()).contains("the cursor", "saved by another one", "stands by");
                assertThat(event.getThrowableProxy()).isNull();
            });
        }
    }

    /** How many looks it takes until it is over. */
    private int looks(Duration between, String stored) {
        int looks = 1;
        while (!standby.isOver(stored)) {
            now = now.plus(between);
            looks++;
        }
        return looks;
    }
}
