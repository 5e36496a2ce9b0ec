package io.github.camelgitpod.client;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Waits that double from a first to a longest one and are then drawn at random ("full jitter"), so that many clients that
 * failed together do not come back together.
 *
 * @param first   the upper bound of the first wait
 * @param longest the upper bound of every wait
 * @param random  uniform in [0, 1)
 */
public record Backoff(Duration first, Duration longest, DoubleSupplier random) {

    /** The wait after so many failures in a row, counted from 1. */
    public Duration afterFailures(int failures) {
        double doubled = first.toNanos() * Math.pow(2, failures - 1.0);
        return Duration.ofNanos((long) (Math.min(doubled, longest.toNanos()) * random.getAsDouble()));
    }
}
