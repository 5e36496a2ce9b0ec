package io.github.camelgitpod.machines;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** From when a leader was struck until an entry was delivered again. */
final class HandOverTimes {
    private final List<Duration> times = new ArrayList<>();
    private int strikes;

    void add(Instant struck, Line delivered) {
        strikes++;
        times.add(Duration.between(struck, delivered.time()));
    }

    /** Nobody took over. */
    void none() {
        strikes++;
    }

    /** Median and maximum, in seconds. */
    @Override
    public String toString() {
        if (times.isEmpty()) {
            return "none of " + strikes;
        }
        List<Duration> sorted = times.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "%d of %d: %.1f, %.1f",
                times.size(),
                strikes,
                sorted.get(sorted.size() / 2).toMillis() / 1e3,
                Collections.max(times).toMillis() / 1e3);
    }
}
