package io.github.camelgitpod.option;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one reader of durations and times that people write. What it does not understand is empty, and so is refused: Camel's
 * own reader makes 0 of {@code 10M} and {@code 1w}.
 */
public final class TimeTexts {
    /** What {@link #duration} allows, for messages. */
    public static final String DURATION = "a duration such as 500ms, 30s, 1m30s, 24h, 30d or P30D, at most 36500d";

    /** What {@link #instant} allows, for messages. */
    public static final String INSTANT =
            "an RFC 3339 instant such as 2026-02-18T10:00:00Z, or a date such as 2026-02-18, which is its midnight in UTC,"
                    + " of the years 1 to 9999";

    /** No option needs more, and with more, times before the year 1 could come out. */
    static final Duration LONGEST = Duration.ofDays(36_500);

    private static final Logger LOG = LoggerFactory.getLogger(TimeTexts.class);
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final int NANOS_PER_MILLI = 1_000_000;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern UNITS =
            Pattern.compile("(?:(\\d{1,15})d)?(?:(\\d{1,15})h)?(?:(\\d{1,15})m)?(?:(\\d{1,15})s)?(?:(\\d{1,15})ms)?");
    private static final DateTimeFormatter DATE_AND_TIME = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffsetId()
            .optionalEnd()
            .optionalEnd()
            .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
            .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
            .parseDefaulting(ChronoField.SECOND_OF_MINUTE, 0)
            .parseDefaulting(ChronoField.NANO_OF_SECOND, 0)
            .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
            .toFormatter(Locale.ROOT)
            .withChronology(IsoChronology.INSTANCE)
            .withResolverStyle(ResolverStyle.STRICT);

    private TimeTexts() {}

    /** Units from days to milliseconds as Camel writes them, or ISO 8601; whole milliseconds, not negative. */
    public static Optional<Duration> duration(String text) {
        String trimmed = text.strip();
        try {
            Duration duration = trimmed.startsWith("P") || trimmed.startsWith("p")
                    ? Duration.parse(trimmed)
                    : withUnits(UNITS.matcher(trimmed));
            return Optional.of(duration).filter(TimeTexts::isAllowed);
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /**
     * The same, or a number without a unit, as Camel's users write them; below a second it is told what that means.
     *
     * @param unit of such a number; in Camel milliseconds, unless there is an option that says otherwise
     * @throws IllegalArgumentException when it is neither
     */
    public static Duration duration(String option, String text, ChronoUnit unit) {
        String trimmed = text.strip();
        if (!NUMBER.matcher(trimmed).matches()) {
            return duration(trimmed).orElseThrow(() -> noDuration(option, text));
        }
        Duration duration;
        try {
            duration = Duration.of(Long.parseLong(trimmed), unit);
        } catch (ArithmeticException e) {
            throw noDuration(option, text);
        }
        if (!isAllowed(duration)) {
            throw noDuration(option, text);
        }
        if (!duration.isZero() && duration.compareTo(Duration.ofSeconds(1)) < 0) {
            LOG.warn(
                    "Option {}={} has no unit, and so is {} milliseconds; for seconds write {}s",
                    option,
                    trimmed,
                    duration.toMillis(),
                    trimmed);
        }
        return duration;
    }

    /** RFC 3339. A date alone is its midnight in UTC, and a time without an offset is UTC. */
    public static Optional<Instant> instant(String text) {
        // The plus of an offset arrives from a URI as a blank.
        String trimmed = text.strip().replace(' ', '+');
        try {
            Instant instant = OffsetDateTime.parse(trimmed, DATE_AND_TIME).toInstant();
            return Optional.of(instant).filter(value -> !value.isBefore(FIRST) && !value.isAfter(LAST));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static OptionException noDuration(String option, String text) {
        return OptionErrors.wrong(
                option, text, "is no duration", DURATION + ", or a whole number, which is milliseconds");
    }

    private static Duration withUnits(Matcher parts) {
        if (!parts.matches() || parts.end() == 0) {
            throw new DateTimeException("no duration");
        }
        return Duration.ofDays(number(parts, 1))
                .plusHours(number(parts, 2))
                .plusMinutes(number(parts, 3))
                .plusSeconds(number(parts, 4))
                .plusMillis(number(parts, 5));
    }

    private static long number(Matcher parts, int group) {
        return parts.group(group) == null ? 0 : Long.parseLong(parts.group(group));
    }

    private static boolean isAllowed(Duration duration) {
        return !duration.isNegative() && duration.compareTo(LONGEST) <= 0 && duration.getNano() % NANOS_PER_MILLI == 0;
    }
}
