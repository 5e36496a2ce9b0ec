package io.github.camelgitpod.auditlog.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RipeningTest {
    private static final Instant NOW = Instant.parse("2026-02-18T10:00:00Z");
    private static final Instant NEWEST = Instant.parse("2031-01-01T00:00:00Z");

    private final Ripening ripening = new Ripening(Duration.ofSeconds(60));

    @Test
    void whatWasKnownALookbackAgoIsRipeWhateverItsDate() {
        assertThat(at(0, null)).isNull();
        assertThat(at(1, NEWEST)).isNull();
        assertThat(at(2, NEWEST.plusSeconds(1))).as("too soon for another mark").isNull();
        assertThat(at(7, NEWEST.plusSeconds(2))).isNull();
        assertThat(at(60, NEWEST.plusSeconds(3))).isNull();
        assertThat(at(61, NEWEST.plusSeconds(3))).isEqualTo(NEWEST);
        assertThat(at(66, NEWEST.plusSeconds(3))).isEqualTo(NEWEST);
        assertThat(at(67, NEWEST.plusSeconds(3))).isEqualTo(NEWEST.plusSeconds(2));
    }

    @Test
    void inTheQuietEverythingBecomesRipe() {
        at(0, NEWEST);

        assertThat(at(1_000, NEWEST)).isEqualTo(NEWEST);
        assertThat(at(2_000, NEWEST)).isEqualTo(NEWEST);
    }

    @Test
    void nothingIsKnownAfterTheClockWasSetBack() {
        at(0, NEWEST);
        at(100, NEWEST);

        assertThat(at(99, NEWEST)).isNull();
        assertThat(at(158, NEWEST)).isNull();
        assertThat(at(159, NEWEST)).isEqualTo(NEWEST);
    }

    private Instant at(int seconds, Instant newest) {
        return ripening.at(NOW.plusSeconds(seconds), newest);
    }
}
