package io.github.camelgitpod.auditlog.walk;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The finest step of the walk: a microsecond, the resolution of the servers' clocks. Bounds are widened to it. */
public final class Granule {

    private Granule() {}

    public static Instant floor(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    public static Instant ceil(Instant time) {
        Instant floor = floor(time);
        return floor.equals(time) ? time : next(floor);
    }

    static Instant next(Instant floor) {
        return floor.plus(1, ChronoUnit.MICROS);
    }
}
