package io.github.camelgitpod.testing;

import io.github.camelgitpod.client.SteadyClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Clocks that nobody sets back. */
public final class SteadyClocks {
    private SteadyClocks() {}

    /** @param time a time of day */
    public static SteadyClock of(InstantSource time) {
        return new SteadyClock(
                time, () -> Duration.between(Instant.EPOCH, time.instant()).toNanos());
    }
}
