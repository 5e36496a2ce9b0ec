package io.github.camelgitpod.simulator.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The value of the Date header, formatted once a second. */
final class DateHeader {

    // RFC_1123_DATE_TIME writes days of one digit; HTTP wants two.
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private record Second(long second, String text) {}

    private volatile Second last = new Second(Long.MIN_VALUE, "");

    String at(Instant instant) {
        Second current = last;
        if (current.second != instant.getEpochSecond()) {
            current = new Second(instant.getEpochSecond(), HTTP_DATE.format(instant));
            last = current;
        }
        return current.text;
    }
}
