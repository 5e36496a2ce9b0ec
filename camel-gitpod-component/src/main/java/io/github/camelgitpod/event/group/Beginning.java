package io.github.camelgitpod.event.group;

import io.github.camelgitpod.event.stream.EventStream;
import java.time.Instant;

/**
 * How a stream begins.
 *
 * @param since  since when it is wanted, or misses what happens
 * @param reason why it has missed something before its first connection; null: it has not, unless the first attempt fails
 */
record Beginning(Instant since, String reason) {
    /** To be called before the stream is opened. */
    void prepare(EventStream stream) {
        if (reason != null) {
            stream.missedSince(since, reason);
        } else {
            stream.wantedSince(since);
        }
    }
}
