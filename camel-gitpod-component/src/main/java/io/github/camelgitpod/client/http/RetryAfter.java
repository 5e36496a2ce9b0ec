package io.github.camelgitpod.client.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads the HTTP fields {@code Date} and {@code Retry-After} (RFC 9110, sections 5.6.7 and 10.2.3). */
final class RetryAfter {
    /** A longer wait is probably a mistake of the server, and is shortened to this. */
    static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /**
     * @param text seconds or an HTTP date; null: the field was absent
     * @param now  the server's time, to count a date from
     * @return empty when absent, broken, negative or in the past
     */
    static Optional<Duration> parse(String text, Instant now) {
        if (text == null) {
            return Optional.empty();
        }
        return seconds(text.trim())
                .or(() -> httpDate(text).map(date -> Duration.between(now, date)))
                .filter(wait -> wait.compareTo(Duration.ZERO) > 0)
                .map(wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
    }

    /** The instant of an HTTP date; empty when absent or broken. */
    static Optional<Instant> httpDate(String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.trim(), Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> seconds(String text) {
        if (!text.matches("\\d+")) {
            return Optional.empty();
        }
        boolean huge = text.length() > 9;
        return Optional.of(huge ? LONGEST : Duration.ofSeconds(Long.parseLong(text)));
    }
}
