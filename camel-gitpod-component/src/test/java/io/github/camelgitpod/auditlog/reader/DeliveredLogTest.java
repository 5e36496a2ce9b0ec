package io.github.camelgitpod.auditlog.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveredLogTest {
    private static final Instant WATERMARK = Instant.parse("2026-02-18T10:20:00Z");
    private static final String ID = UUID.randomUUID().toString();

    @RegisterExtension
    static final QuietLog QUIET = new QuietLog();

    private final DeliveredLog log = DeliveredLog.beginningAt(WATERMARK);

    @Test
    void knowsWhatWasAddedAlsoWhenItWasSavedAndLoaded() {
        Instant nextHour = WATERMARK.plus(Duration.ofHours(1));
        log.add(ID, WATERMARK);
        log.add("no UUID", WATERMARK.plusSeconds(1));
        log.add("of the next hour", nextHour);
        log.advancedTo(nextHour);

        DeliveredLog loaded = DeliveredLog.decode(log.encode(), nextHour);

        assertThat(loaded.since()).isEqualTo(WATERMARK);
        assertThat(loaded.hasChanged()).isFalse();
        assertThat(loaded.contains(ID, WATERMARK)).isTrue();
        assertThat(loaded.contains("no UUID", WATERMARK.plusSeconds(1))).isTrue();
        assertThat(loaded.contains("of the next hour", nextHour)).isTrue();
        assertThat(loaded.contains("another", WATERMARK)).isFalse();
        assertThat(loaded.contains(ID, nextHour)).isFalse();
        assertThat(loaded.contains(ID, nextHour.plus(Duration.ofHours(1)))).isFalse();
    }

    /** What is taken for another entry was lost. */
    @Test
    void keepsApartWhatIsNearlyTheSame() {
        String upperCase = "AAAAAAAA-0000-4000-8000-000000000000";
        log.add("?", WATERMARK);
        log.add("\ud800", WATERMARK);
        log.add("00000001-0001-0001-0001-000000000001", WATERMARK);
        log.add(upperCase, WATERMARK);

        DeliveredLog loaded = DeliveredLog.decode(log.encode(), WATERMARK);

        assertThat(loaded.contains("\ud800", WATERMARK)).isTrue();
        assertThat(loaded.contains("\ud801", WATERMARK)).isFalse();
        assertThat(loaded.contains("1-1-1-1-1", WATERMARK)).isFalse();
        assertThat(loaded.contains(upperCase, WATERMARK)).isTrue();
        assertThat(loaded.contains(upperCase.toLowerCase(Locale.ROOT), WATERMARK))
                .isFalse();
    }

    /** More than Jackson reads of one text, unless it is told. */
    @Test
    void readsAnHourOfMoreThanAMillionEntries() {
        log.add(ID, WATERMARK);
        String ids = "A".repeat(64);
        String large = log.encode().replaceFirst("(:00:00Z\":\")", "$1" + ids.repeat(350_000));

        DeliveredLog loaded = DeliveredLog.decode(large, WATERMARK);

        assertThat(loaded.hasChanged()).as("it is the one that was stored").isFalse();
        assertThat(loaded.contains(ID, WATERMARK)).isTrue();
    }

    @Test
    void isBegunAnewWhenTheCursorWentOnWithoutIt() {
        log.add(ID, WATERMARK);

        assertThat(DeliveredLog.decode(log.encode(), WATERMARK).contains(ID, WATERMARK))
                .isTrue();
        log.advancedTo(WATERMARK.plusSeconds(1));
        assertThat(DeliveredLog.decode(log.encode(), WATERMARK).contains(ID, WATERMARK))
                .isTrue();
        DeliveredLog anew = DeliveredLog.decode(log.encode(), WATERMARK.plusNanos(1_000_001_000));
        assertThat(anew.contains(ID, WATERMARK)).isFalse();
        assertThat(anew.since()).isEqualTo(WATERMARK.plusNanos(1_000_001_000));
    }

    /** A clock that was wrong has cut it off there. What the cursor knows from the watermark on it need not know. */
    @Test
    void isBegunAnewWhereItWouldStayEmptyForYears() {
        log.dropBefore(Instant.parse("2099-01-01T00:00:00Z"));

        assertThat(DeliveredLog.decode(log.encode(), WATERMARK).since()).isEqualTo(WATERMARK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"v\":2,\"since\":\"2026-02-18T10:00:00Z\",\"until\":\"2026-02-18T10:20:00Z\"}",
                "{\"v\":1,\"since\":\"yesterday\",\"until\":\"2026-02-18T10:20:00Z\"}",
                "{\"v\":1,\"since\":\"2026-02-18T10:00:00Z\"}",
                "{\"v\":1,\"since\":\"2026-02-18T10:00:00Z\",\"until\":\"2026-02-18T10:20:00Z\",\"hours\":{\"x\":\"\"}}",
                "{\"v\":1,\"since\":\"2026-02-18T10:00:00Z\",\"until\":\"2026-02-18T10:20:00Z\","
                        + "\"hours\":{\"2026-02-18T10:00:00Z\":\"%\"}}",
                "{\"v\":1,\"since\":\"2026-02-18T10:00:00Z\",\"until\":\"2026-02-18T10:20:00Z\","
                        + "\"hours\":{\"2026-02-18T10:00:00Z\":\"AAAA\"}}"
            })
    void isBegunAnewWhenItCannotBeRead(String text) {
        DeliveredLog anew = DeliveredLog.decode(text, WATERMARK);

        assertThat(anew.since()).isEqualTo(WATERMARK);
        assertThat(anew.hasChanged()).isTrue();
    }

    @Test
    void isBegunWhereThereIsNone() {
        assertThat(DeliveredLog.decode(null, WATERMARK).since()).isEqualTo(WATERMARK);
        assertThat(DeliveredLog.decode(null, WATERMARK).hasChanged()).isTrue();
    }

    @Test
    void knowsNothingOfBefore() {
        log.add(ID, WATERMARK.minusNanos(1));

        assertThat(log.contains(ID, WATERMARK.minusNanos(1))).isFalse();
    }

    @Test
    void isSavedWhenItDiffersOnly() {
        assertThat(log.hasChanged()).isTrue();
        log.saved();
        assertThat(log.hasChanged()).isFalse();

        log.add(ID, WATERMARK);
        assertThat(log.hasChanged()).isTrue();
        log.saved();
        log.add(ID, WATERMARK);
        assertThat(log.hasChanged()).isFalse();

        log.advancedTo(WATERMARK);
        assertThat(log.hasChanged()).isFalse();
        log.advancedTo(WATERMARK.plusSeconds(1));
        assertThat(log.hasChanged()).isTrue();
        log.saved();

        log.dropBefore(WATERMARK.plus(Duration.ofMinutes(39)));
        assertThat(log.hasChanged()).isFalse();
        log.dropBefore(WATERMARK.plus(Duration.ofMinutes(40)));
        assertThat(log.hasChanged()).isTrue();
    }

    @Test
    void dropsWholeHours() {
        Instant eleven = Instant.parse("2026-02-18T11:00:00Z");
        log.add(ID, WATERMARK);
        log.add(ID, eleven);

        log.dropBefore(eleven.plusSeconds(1));

        assertThat(log.since()).isEqualTo(eleven);
        assertThat(log.contains(ID, WATERMARK)).isFalse();
        assertThat(log.contains(ID, eleven)).isTrue();
    }
}
