package io.github.camelgitpod.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-02-18T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2, PT2S",
        "' 30 ', PT30S",
        "1000000000, PT1H",
        "99999999999999999999999, PT1H",
        "'Wed, 18 Feb 2026 10:00:20 GMT', PT20S",
        "'Thu, 19 Feb 2026 10:00:20 GMT', PT1H"
    })
    void secondsAndDatesAreWaitsOfAtMostAnHour(String text, Duration wait) {
        assertThat(RetryAfter.parse(text, NOW)).contains(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "NaN", "soon", "1.5", "Wed, 18 Feb 2026 09:59:00 GMT", "Wed, 99 Feb 2026"})
    void whatIsNoWaitIsNone(String text) {
        assertThat(RetryAfter.parse(text, NOW)).isEmpty();
    }
}
