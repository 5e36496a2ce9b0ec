package io.github.camelgitpod.event.stream;

import java.time.Instant;

/**
 * When lines came.
 *
 * @param since at the earliest: before {@code at} where they may have waited to be read
 * @param at    when their last byte was read
 */
record Arrival(Instant since, Instant at) {

    /** From the earlier one's beginning to this one's end. */
    Arrival after(Arrival earlier) {
        return new Arrival(earlier.since, at);
    }
}
