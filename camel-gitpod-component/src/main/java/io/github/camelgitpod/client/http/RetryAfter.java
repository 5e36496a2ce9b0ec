package io.github.camelgitpod.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgitpod.client.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import okhttp3.Headers;

/**
 * How long the server wants no request. Gitpod's own limiter says it in the error's details, or in {@code RateLimit-RetryAfter};
 * proxies on the way say it in {@code Retry-After} (RFC 9110, section 10.2.3). The first of them that can be read counts.
 */
final class RetryAfter {
    /** A longer wait is probably a mistake of the server, and is shortened to this. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /**
     * @param headers of the answer
     * @param error   its body, as far as it could be read
     * @return empty when it does not say, or what it says is broken, negative or in the past
     */
    static Optional<Duration> of(Headers headers, JsonNode error) {
        return inDetails(error)
                .or(() -> wait(seconds(headers.get("RateLimit-RetryAfter"))))
                .or(() -> wait(secondsOrDate(headers)));
    }

    /** As {@link #of}, of an error without headers. */
    static Optional<Duration> inDetails(JsonNode error) {
        return wait(RetryInfo.of(error));
    }

    private static Optional<Duration> secondsOrDate(Headers headers) {
        String text = headers.get("Retry-After");
        return seconds(text).or(() -> httpDate(text).map(date -> {
            // A date is one of the server's clock.
            Instant now = httpDate(headers.get("Date")).orElseGet(Instant::now);
            return Duration.between(now, date);
        }));
    }

    private static Optional<Duration> wait(Optional<Duration> asked) {
        return asked.filter(wait -> wait.compareTo(Duration.ZERO) > 0).map(wait -> Durations.shorter(wait, LONGEST));
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
        String digits = text == null ? "" : text.strip();
        if (!digits.matches("[0-9]+")) {
            return Optional.empty();
        }
        boolean huge = digits.length() > 9;
        return Optional.of(huge ? LONGEST : Duration.ofSeconds(Long.parseLong(digits)));
    }
}
