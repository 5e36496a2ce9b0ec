package io.github.camelgitpod.auditlog.reader;

import java.time.Duration;
import java.time.Instant;

/** Whether a time has passed since something was done. If the clock is set back it counts as passed: it could be for years. */
final class Interval {
    private final Duration length;
    private Instant begun;

    Interval(Duration length) {
        this.length = length;
    }

    /** True also before the first {@link #begin}. */
    boolean isOver(Instant now) {
        return begun == null
                || now.isBefore(begun)
                || Duration.between(begun, now).compareTo(length) >= 0;
    }

    void begin(Instant now) {
        begun = now;
    }

    /** It is over now. */
    void end() {
        begun = null;
    }
}
