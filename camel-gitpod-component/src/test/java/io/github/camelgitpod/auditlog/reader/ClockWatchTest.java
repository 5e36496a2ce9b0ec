package io.github.camelgitpod.auditlog.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.testing.RecordedLogs;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
    private static final Instant NOW = Instant.parse("2026-02-18T10:00:00Z");

    private final RecordedLogs logs = new RecordedLogs();
    private final ClockWatch watch = new ClockWatch();

    @AfterEach
    void stopRecording() {
        logs.close();
    }

    @Test
    void clocksThatAgreeAreNotSpokenOf() {
        observe(0, 20);

        assertThat(watch.status()).isEqualTo(ClockStatus.NONE);
        assertThat(logs.messages()).isEmpty();
    }

    @Test
    void aDisagreementIsToldOnceWhenItBeginsAndOnceWhenItIsOver() {
        observe(3600, 20);
        assertThat(watch.status().disagreements()).isEqualTo(1);
        assertThat(watch.status().disagreement()).isEqualTo(clocks(3600).text());
        assertThat(logs.messages()).singleElement().satisfies(message -> assertThat(message)
                .contains("lookback=5m", clocks(3600).text()));

        observe(0, 20);
        assertThat(watch.status()).isEqualTo(new ClockStatus(1, null));
        assertThat(logs.messages()).hasSize(2);
    }

    /** Behind one address there can be several servers, and only one of them wrong. */
    @Test
    void isNotOverBeforeTheyHaveAgreedTenTimesInARow() {
        for (int i = 0; i < 5; i++) {
            observe(3600, 1);
            observe(0, 9);
        }
        assertThat(watch.status().disagreements()).isEqualTo(1);
        assertThat(watch.status().disagreement()).isNotNull();
        assertThat(logs.messages()).hasSize(1);

        observe(0, 1);
        assertThat(watch.status().disagreement()).isNull();
        observe(-3600, 1);
        assertThat(watch.status().disagreements()).isEqualTo(2);
        assertThat(logs.messages()).hasSize(3);
    }

    private void observe(int ahead, int times) {
        for (int i = 0; i < times; i++) {
            watch.observe(clocks(ahead));
        }
    }

    private static Clocks clocks(int ahead) {
        return new Clocks(NOW, NOW.plusSeconds(ahead), Duration.ofMinutes(5));
    }
}
