package io.github.camelgitpod.auditlog.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatenessMeterTest {
    private final LatenessMeter meter = new LatenessMeter();

    @Test
    void countsByUpperBounds() {
        meter.late(Duration.ofSeconds(10));
        meter.late(Duration.ofSeconds(11));
        meter.lateBeyondLookback(Duration.ofHours(7));
        meter.late(Duration.ofMinutes(1));

        assertThat(meter.histogram())
                .isEqualTo("<=PT10S: 1, <=PT1M: 2, <=PT5M: 0, <=PT15M: 0, <=PT1H: 0, <=PT6H: 0, >PT6H: 1");
        assertThat(meter.count()).isEqualTo(4);
        assertThat(meter.beyondLookback()).isEqualTo(1);
    }
}
