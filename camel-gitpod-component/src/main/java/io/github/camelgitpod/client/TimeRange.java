package io.github.camelgitpod.client;

import java.time.Duration;
import java.time.Instant;

/**
 * A span of time by the server's clock.
 *
 * @param from inclusive
 * @param to   exclusive
 */
public record TimeRange(Instant from, Instant to) {

    /** Whether the instant lies in it. */
    public boolean contains(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(to);
    }

    /** Whether the two have an instant in common, or one ends where the other begins. */
    public boolean meets(TimeRange other) {
        return !from.isAfter(other.to) && !other.from.isAfter(to);
    }

    /** The shortest range that holds both. */
    public TimeRange with(TimeRange other) {
        return new TimeRange(from.isBefore(other.from) ? from : other.from, to.isAfter(other.to) ? to : other.to);
    }

    /** The part of it from an instant on; all of it when it begins later. */
    public TimeRange since(Instant instant) {
        return instant.isAfter(from) ? new TimeRange(instant.isBefore(to) ? instant : to, to) : this;
    }

    /** How long it is. */
    public Duration length() {
        return Duration.between(from, to);
    }
}
