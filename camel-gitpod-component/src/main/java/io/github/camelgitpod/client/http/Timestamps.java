package io.github.camelgitpod.client.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/**
 * RFC 3339 timestamps. Java's formatter takes as long for one of them as all the rest of an entry takes. So the usual form,
 * in UTC, is read here; any other form is left to the formatter.
 */
final class Timestamps {
    private static final int SECONDS_END = 19;
    private static final int MAX_FRACTION = 9;
    private static final Pattern BEYOND_NANOSECONDS = Pattern.compile("(\\.\\d{9})\\d+");

    private Timestamps() {}

    /** To the nanosecond, finer ones are cut; null when the text is null or no timestamp. */
    static Instant parse(String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant usual = usual(text);
            return usual != null
                    ? usual
                    : DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(
                            BEYOND_NANOSECONDS.matcher(text).replaceFirst("$1"), Instant::from);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** {@code 2026-02-18T10:00:00Z}, with a fraction or without; null for anything else. */
    private static Instant usual(String text) {
        int last = text.length() - 1;
        if (last < SECONDS_END
                || text.charAt(last) != 'Z'
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return null;
        }
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, SECONDS_END);
        int nanos = last == SECONDS_END ? 0 : nanos(text, last);
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        if ((hour | minute | second | nanos | year | month | day) < 0 || hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        long epochDay = LocalDate.of(year, month, day).toEpochDay();
        return Instant.ofEpochSecond(((epochDay * 24 + hour) * 60 + minute) * 60 + second, nanos);
    }

    /** Negative when the text has no fraction there. */
    private static int nanos(String text, int end) {
        int length = end - SECONDS_END - 1;
        if (text.charAt(SECONDS_END) != '.' || length < 1) {
            return -1;
        }
        int nanosEnd = Math.min(end, SECONDS_END + 1 + MAX_FRACTION);
        for (int i = nanosEnd; i < end; i++) {
            if (digits(text, i, i + 1) < 0) {
                return -1;
            }
        }
        int value = digits(text, SECONDS_END + 1, nanosEnd);
        for (int i = length; i < MAX_FRACTION; i++) {
            value *= 10;
        }
        return value;
    }

    /** Negative when one of the characters is not a digit. */
    private static int digits(String text, int begin, int end) {
        int value = 0;
        for (int i = begin; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
