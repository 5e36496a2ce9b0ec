package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.client.Backoff;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How streams are held.
 *
 * @param idleTimeout      no byte for so long: the connection is renewed
 * @param maxConnectionAge the connection is renewed at this age, more or less by a fifth; null: never for its age
 * @param maxLineBytes     longer lines are skipped
 * @param backoff          how long to wait before the next connection
 * @param random           uniform in [0, 1), for the ages
 */
public record StreamSettings(
        Duration idleTimeout, Duration maxConnectionAge, int maxLineBytes, Backoff backoff, DoubleSupplier random) {

    private static final double JITTER = 0.2;

    /** At which age one connection is renewed; null: at none. */
    Duration drawAge() {
        return maxConnectionAge == null
                ? null
                : Duration.ofNanos(
                        (long) (maxConnectionAge.toNanos() * (1 - JITTER + 2 * JITTER * random.getAsDouble())));
    }
}
