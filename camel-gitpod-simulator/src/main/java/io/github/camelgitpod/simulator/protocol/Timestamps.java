package io.github.camelgitpod.simulator.protocol;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/** Protobuf timestamps in JSON: RFC 3339 with 0 to 9 fraction digits. */
public final class Timestamps {

    private static final Pattern RFC_3339 =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})");
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
     * @throws IllegalArgumentException if it is no such timestamp or outside of protobuf's years 1 to 9999
     */
    public static Instant parse(String text) {
        try {
            if (RFC_3339.matcher(text).matches()) {
                Instant instant = text.endsWith("Z")
                        ? Instant.parse(text)
                        : OffsetDateTime.parse(text).toInstant();
                if (!instant.isBefore(FIRST) && !instant.isAfter(LAST)) {
                    return instant;
                }
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("invalid google.protobuf.Timestamp value " + Json.quote(text), e);
        }
        throw new IllegalArgumentException("invalid google.protobuf.Timestamp value " + Json.quote(text));
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
