package io.github.camelgitpod.simulator.protocol;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Protobuf timestamps in JSON: RFC 3339 with 0 to 9 fraction digits. */
public final class Timestamps {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    // What a long of nanoseconds can hold: 1677 to 2262; times beyond sort at the ends.
    private static final Instant NANOS_MIN = Instant.ofEpochSecond(Long.MIN_VALUE / 1_000_000_000 + 1);
    private static final Instant NANOS_MAX = Instant.ofEpochSecond(Long.MAX_VALUE / 1_000_000_000 - 1);

    private Timestamps() {}

    /**
     * Parses a timestamp.
     *
     * @param text RFC 3339, any offset
     * @return the instant, to the nanosecond
     * @throws IllegalArgumentException if it is not such a timestamp, or outside of protobuf's years 1 to 9999
     */
    public static Instant parse(String text) {
        try {
            Instant instant = read(text);
            if (!instant.isBefore(FIRST) && !instant.isAfter(LAST)) {
                return instant;
            }
        } catch (DateTimeException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("invalid google.protobuf.Timestamp value " + Json.quote(text), e);
        }
        throw new IllegalArgumentException("invalid google.protobuf.Timestamp value " + Json.quote(text));
    }

    // By hand: a regular expression and a formatter would take most of the time of adding a million entries.
    private static Instant read(String text) {
        require(text.charAt(4) == '-' && text.charAt(7) == '-' && text.charAt(10) == 'T');
        require(text.charAt(13) == ':' && text.charAt(16) == ':');
        int at = 19;
        int nano = 0;
        if (text.charAt(at) == '.') {
            int end = at + 1;
            while (Character.isDigit(text.charAt(end))) {
                end++;
            }
            int digits = end - at - 1;
            require(digits >= 1 && digits <= 9);
            nano = number(text, at + 1, end);
            for (int i = digits; i < 9; i++) {
                nano *= 10;
            }
            at = end;
        }
        LocalDateTime local = LocalDateTime.of(
                number(text, 0, 4),
                number(text, 5, 7),
                number(text, 8, 10),
                number(text, 11, 13),
                number(text, 14, 16),
                number(text, 17, 19),
                nano);
        return local.toInstant(offset(text, at));
    }

    private static ZoneOffset offset(String text, int at) {
        char sign = text.charAt(at);
        if (sign == 'Z') {
            require(text.length() == at + 1);
            return ZoneOffset.UTC;
        }
        require((sign == '+' || sign == '-') && text.length() == at + 6 && text.charAt(at + 3) == ':');
        int minutes = number(text, at + 1, at + 3) * 60 + number(text, at + 4, at + 6);
        return ZoneOffset.ofTotalSeconds((sign == '-' ? -60 : 60) * minutes);
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            char digit = text.charAt(i);
            require(digit >= '0' && digit <= '9');
            number = number * 10 + digit - '0';
        }
        return number;
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new DateTimeException("not RFC 3339");
        }
    }

    /**
     * Writes a timestamp with 0, 3, 6 or 9 fraction digits, as few as it needs.
     *
     * @param instant the time
     * @return RFC 3339 in UTC
     */
    public static String format(Instant instant) {
        return instant.toString();
    }

    /**
     * The time as nanoseconds since 1970, a number that sorts.
     *
     * @param instant the time
     * @return nanoseconds; the nearest that a long can hold for times before 1678 or after 2262
     */
    public static long nanos(Instant instant) {
        Instant held = instant.isBefore(NANOS_MIN) ? NANOS_MIN : instant.isAfter(NANOS_MAX) ? NANOS_MAX : instant;
        return Math.addExact(Math.multiplyExact(held.getEpochSecond(), 1_000_000_000L), held.getNano());
    }
}
