package io.github.camelgitpod.auditlog.reader;

import java.time.Duration;
import java.time.Instant;

/**
 * Where a consumer without a stored cursor begins: at an instant, or some time before now.
 *
 * @param instant null: {@code back} applies
 * @param back    how long before the present time; null: {@code instant} applies
 */
public record StartPosition(Instant instant, Duration back) {
    /** The beginning of the log. */
    public static final StartPosition BEGINNING = at(Instant.EPOCH);

    /** The present time. */
    public static final StartPosition NOW = before(Duration.ZERO);

    public static StartPosition at(Instant instant) {
        return new StartPosition(instant, null);
    }

    public static StartPosition before(Duration back) {
        return new StartPosition(null, back);
    }

    /** The instant that this is at some present time. */
    public Instant resolve(Instant now) {
        return instant != null ? instant : now.minus(back);
    }
}
