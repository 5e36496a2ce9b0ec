package io.github.camelgitpod.auditlog.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StartPositionTest {
    private static final Instant NOW = Instant.parse("2026-02-18T10:00:00Z");

    @Test
    void isAnInstantOrCountedBackFromNow() {
        assertThat(StartPosition.NOW.resolve(NOW)).isEqualTo(NOW);
        assertThat(StartPosition.before(Duration.ofHours(1)).resolve(NOW)).isEqualTo(NOW.minusSeconds(3600));
        assertThat(StartPosition.at(NOW.minusNanos(1)).resolve(NOW)).isEqualTo(NOW.minusNanos(1));
        assertThat(StartPosition.BEGINNING.resolve(NOW)).isEqualTo(Instant.EPOCH);
    }
}
