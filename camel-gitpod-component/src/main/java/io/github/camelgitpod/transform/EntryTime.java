package io.github.camelgitpod.transform;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When something was created, as a moment and as the server wrote it.
 *
 * @param instant null: unknown, or outside of the years 0 to 9999, for which RFC 3339 has no text
 * @param sent    null: nothing was sent
 */
record EntryTime(Instant instant, String sent) {
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant AFTER_LAST = Instant.parse("+10000-01-01T00:00:00Z");
    private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);
    private static final int UNSIGNED_BITS = 64;

    private static final String DATE_TIME = "\\d{4}-\\d{2}-\\d{2}%s\\d{2}:\\d{2}:\\d{2}";
    private static final String OFFSET = "[+-]\\d{2}:\\d{2}";
    private static final Pattern RFC_3339 =
            Pattern.compile(DATE_TIME.formatted("[Tt]") + "(?:\\.\\d+)?(?:[Zz]|(?<offset>" + OFFSET + "))");
    private static final Pattern COMMON =
            Pattern.compile(DATE_TIME.formatted("T") + "(?:\\.\\d{1,9})?(?:Z|" + OFFSET + ")");

    static EntryTime of(Instant instant, String sent) {
        boolean writable = instant != null && !instant.isBefore(FIRST) && instant.isBefore(AFTER_LAST);
        return new EntryTime(writable ? instant : null, sent);
    }

    /** The moment of an RFC 3339 text; null for null, and for what is none. */
    static Instant parse(String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** An RFC 3339 text, as sent if that is one; null: unknown. */
    String rfc3339() {
        return written(RFC_3339);
    }

    /** An RFC 3339 text of the form that all readers take: upper case, and nine digits of a second at most; null: unknown. */
    String common() {
        return written(COMMON);
    }

    private String written(Pattern form) {
        if (instant == null) {
            return null;
        }
        return sent != null && form.matcher(sent).matches() ? sent : instant.toString();
    }

    /** How far the sender's clock was from UTC, in minutes; null: it did not tell. */
    Integer offsetMinutes() {
        Matcher matcher = RFC_3339.matcher(sent == null ? "" : sent);
        if (instant == null || !matcher.matches()) {
            return null;
        }
        String offset = matcher.group("offset");
        return offset == null ? 0 : ZoneOffset.of(offset).getTotalSeconds() / 60;
    }

    /** Nanoseconds since the epoch, as protobuf's {@code fixed64} in decimal digits; null: unknown, or out of its range. */
    static String unixNanos(Instant instant) {
        if (instant == null) {
            return null;
        }
        BigInteger nanos =
                BigInteger.valueOf(instant.getEpochSecond()).multiply(NANOS).add(BigInteger.valueOf(instant.getNano()));
        return nanos.signum() < 0 || nanos.bitLength() > UNSIGNED_BITS ? null : nanos.toString();
    }
}
