package io.github.camelgitpod.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgitpod.testing.RecordedLogs;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextsTest {

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "30s, PT30S",
        "1m30s, PT1M30S",
        "1h30m, PT1H30M",
        "1d2h3m4s5ms, P1DT2H3M4.005S",
        "' 24h ', PT24H",
        "0s, PT0S",
        "P30D, P30D",
        "pt1.5s, PT1.5S",
        "36500d, P36500D"
    })
    void durationsHaveUnitsFromDaysToMillisecondsOrAreIso(String text, Duration duration) {
        assertThat(TimeTexts.duration(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "s",
                "d",
                "5",
                "1w",
                "24H",
                "10M",
                "1D",
                "5S",
                "5MS",
                "abc",
                "soon",
                "-5m",
                "+5m",
                "-PT5M",
                "PT-5M",
                "1.5h",
                "1 h",
                "1h 30m",
                "30s1m",
                "1m1m",
                "36500d1ms",
                "99999999999999999999d",
                "999999999999999d",
                "PT0.0001S",
                "PT2000000000000000H",
                "P1Y",
                "P1W",
                "P",
                "PT",
                "\u0665m",
                "5m\u0000"
            })
    void everythingElseIsNoDuration(String text) {
        assertThat(TimeTexts.duration(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, MILLIS, PT0S",
        "30, MILLIS, PT0.03S",
        "30000, MILLIS, PT30S",
        "30, SECONDS, PT30S",
        "30s, HOURS, PT30S",
        "3153600000000, MILLIS, P36500D"
    })
    void aNumberHasTheUnitOfTheOption(String text, ChronoUnit unit, Duration duration) {
        assertThat(TimeTexts.duration("delay", text, unit)).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, MILLIS",
        "+1, MILLIS",
        "1e3, MILLIS",
        "3153600000001, MILLIS",
        "999999999999999999, DAYS",
        "9999999999999999999, MILLIS",
        "0x10, MILLIS",
        "1_000, MILLIS",
        "1, NANOS"
    })
    void everythingElseIsNoNumberOfAUnit(String text, ChronoUnit unit) {
        assertThatThrownBy(() -> TimeTexts.duration("delay", text, unit))
                .hasMessageStartingWith("Option delay=" + text + " is no duration; allowed: a duration such as 500ms");
    }

    @Test
    void aNumberBelowASecondIsTold() {
        try (RecordedLogs logs = new RecordedLogs()) {
            for (String text : List.of("0", "1000", "30s", "30ms", "30")) {
                TimeTexts.duration("delay", text, ChronoUnit.MILLIS);
            }

            assertThat(logs.warnings())
                    .containsExactly("Option delay=30 has no unit, and so is 30 milliseconds; for seconds write 30s");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T10:00:00Z, 2026-11-24T10:00:00Z",
        "2026-11-24t10:00:00z, 2026-11-24T10:00:00Z",
        "2026-11-24T10:00Z, 2026-11-24T10:00:00Z",
        "2026-11-24T10:00:00.123456789Z, 2026-11-24T10:00:00.123456789Z",
        "2026-11-24T10:00:00+02:00, 2026-11-24T08:00:00Z",
        "2026-11-24T10:00:00 02:00, 2026-11-24T08:00:00Z",
        "2026-11-24T10:00:00.5 05:30, 2026-11-24T04:30:00.5Z",
        "2026-11-24T10:00:00-02:00, 2026-11-24T12:00:00Z",
        "2026-11-24, 2026-11-24T00:00:00Z",
        "2026-11-24T10:00:00, 2026-11-24T10:00:00Z",
        "2026-11-24T10:00, 2026-11-24T10:00:00Z",
        "0001-01-01, 0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999999999Z"
    })
    void aTimeWithoutZoneIsUtcAndADateIsItsMidnight(String text, Instant instant) {
        assertThat(TimeTexts.instant(text)).contains(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "24h",
                "2026",
                "2026-11",
                "20261124",
                "2026-11-31",
                "2026-13-01",
                "2026-11-24T24:00:00Z",
                "2026-11-24T25:00:00Z",
                "2026-11-24 10:00:00",
                "2026-11-24 10:00:00Z",
                "2026-11-24Z",
                "2026-11-24+02:00",
                "2026-11-24T10:00:00  02:00",
                "2026-11-24T10:00:00.1234567890Z",
                "2026-11-24T10:00:00+25:00",
                "0000-12-31T23:59:59Z",
                "-0044-03-15",
                "0001-01-01T00:00:00+00:01",
                "+10000-01-01T00:00:00Z",
                "9999-12-31T23:59:59-00:01",
                "2026-11-24T10:00:00[Europe/Rome]",
                "1764000000"
            })
    void everythingElseIsNoInstant(String text) {
        assertThat(TimeTexts.instant(text)).isEmpty();
    }
}
