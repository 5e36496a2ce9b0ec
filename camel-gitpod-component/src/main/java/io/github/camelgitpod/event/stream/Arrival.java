package io.github.camelgitpod.event.stream;

import java.time.Instant;

/**
 * When lines came.
 *
 * @param before until when nothing was missed before they were read
 * @param since  when they came at the earliest: {@code before} where they may have waited to be read, else {@code at}
 * @param at     when their last byte was read
 */
record Arrival(Instant before, Instant since, Instant at) {

    /** From the earlier one's beginning to this one's end. */
    Arrival after(Arrival earlier) {
        return new Arrival(earlier.before, earlier.since, at);
    }
}
