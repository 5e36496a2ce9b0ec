package io.github.camelgitpod.client.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The server's time: the {@code Date} of its last answer, and what has passed since by this machine's monotonic clock. The
 * local wall clock, which may be wrong, is not used. The result is early rather than late, which is the safe side.
 */
final class ServerClock {
    /** {@code Date} is cut to whole seconds, and an answer can be a second old. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;
    private volatile Reading last;

    private record Reading(String text, Instant date, long nanos) {}

    ServerClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** @param date of an answer that has just come; null or broken: it tells nothing */
    void observe(String date) {
        Reading before = last;
        // Many answers come in one second, and Java takes long to read a date.
        Optional<Instant> instant =
                before != null && before.text.equals(date) ? Optional.of(before.date) : RetryAfter.httpDate(date);
        instant.ifPresent(at -> last = new Reading(date, at, nanoTime.getAsLong()));
    }

    Optional<Instant> now() {
        Reading reading = last;
        return reading == null
                ? Optional.empty()
                : Optional.of(reading.date
                        .plusNanos(nanoTime.getAsLong() - reading.nanos)
                        .minus(MARGIN));
    }
}
