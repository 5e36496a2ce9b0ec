package io.github.camelgitpod.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimestampsTest {
    private static final String MUTATIONS = "0123456789-:.TtZz+ ";

    @Test
    void whatIsReadIsWhatJavaReads() {
        Random random = new Random(7);
        for (int i = 0; i < 50_000; i++) {
            long second = random.nextLong(-62_000_000_000L, 253_000_000_000L);
            Instant instant = Instant.ofEpochSecond(second, random.nextInt(4) * random.nextLong(1_000_000_000) / 3);
            assertReadAsByJava(instant.toString());
            assertReadAsByJava(mutated(instant.toString(), random));
        }
    }

    @Test
    void noTextIsNoInstant() {
        assertThat(Timestamps.parse(null)).isNull();
        assertThat(Timestamps.parse("")).isNull();
        assertReadAsByJava("2026-02-30T10:00:00Z");
        assertReadAsByJava("2024-02-29T23:59:59.999999999Z");
        assertReadAsByJava("2026-02-18T24:00:00Z");
        assertReadAsByJava("2026-02-18T23:59:60Z");
    }

    @Test
    void whatIsFinerThanANanosecondIsCut() {
        Instant cut = Instant.parse("2026-02-18T10:00:00.123456789Z");
        assertThat(Timestamps.parse("2026-02-18T10:00:00.123456789999Z")).isEqualTo(cut);
        assertThat(Timestamps.parse("2026-02-18T12:00:00.123456789999+02:00")).isEqualTo(cut);
        assertThat(Timestamps.parse("2026-02-18T10:00:00.123456789" + "9".repeat(90) + "Z"))
                .isEqualTo(cut);
        assertThat(Timestamps.parse("2026-02-18T10:00:00.123456789x99Z")).isNull();
    }

    private static void assertReadAsByJava(String text) {
        assertThat(Timestamps.parse(text)).as(text).isEqualTo(byJava(text));
    }

    private static Instant byJava(String text) {
        try {
            String cut = text.replaceFirst("([.][0-9]{9})[0-9]+", "$1");
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(cut, Instant::from);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** One character replaced, added or left out. */
    private static String mutated(String text, Random random) {
        int at = random.nextInt(text.length());
        String insert = String.valueOf(MUTATIONS.charAt(random.nextInt(MUTATIONS.length())));
        return switch (random.nextInt(3)) {
            case 0 -> text.substring(0, at) + insert + text.substring(at + 1);
            case 1 -> text.substring(0, at) + insert + text.substring(at);
            default -> text.substring(0, at) + text.substring(at + 1);
        };
    }
}
