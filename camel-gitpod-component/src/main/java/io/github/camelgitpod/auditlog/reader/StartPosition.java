package io.github.camelgitpod.auditlog.reader;

import java.time.Duration;
import java.time.Instant;

/**
 * Where a consumer without a stored cursor begins.
 *
 * @param instant there; null: counted back from now
 * @param back    so long before the server's now; null with an instant
 */
public record StartPosition(Instant instant, Duration back) {
    /** Before everything. */
    public static final StartPosition BEGINNING = at(Instant.EPOCH);

    /** With what happens from now on. */
    public static final StartPosition NOW = before(Duration.ZERO);

    public static StartPosition at(Instant instant) {
        return new StartPosition(instant, null);
    }

    public static StartPosition before(Duration back) {
        return new StartPosition(null, back);
    }

    Instant resolve(Instant serverNow) {
        return instant != null ? instant : serverNow.minus(back);
    }
}
