package io.github.camelgitpod.auditlog.walk;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The smallest step of a walk: a microsecond, the resolution of the servers' clocks. Bounds are widened to whole ones. */
public final class Granule {

    private Granule() {}

    /** The start of the microsecond that the time lies in. */
    public static Instant floor(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    /** The earliest start of a microsecond that is not before the time. */
    public static Instant ceil(Instant time) {
        Instant floor = floor(time);
        return floor.equals(time) ? time : next(floor);
    }

    /** The microsecond after that one. */
    static Instant next(Instant floor) {
        return floor.plus(1, ChronoUnit.MICROS);
    }
}
