package io.github.camelgitpod.model;

import java.time.Instant;
import java.util.Objects;

/**
 * A time in which events may have been missed: the stream has no position to go on from, so what happens between two
 * connections is never sent. Immutable.
 *
 * @param from     when the last byte before it was received; where the route was too slow and left lines unread, since when it
 *                 did; before a first connection that failed, the start, or until when an earlier process had delivered; never
 *                 null
 * @param to       when the new connection was open: the server had answered, or had taken the request and did not answer for 5
 *                 seconds; not before {@code from}, and the same when it was a single line that could not be read; never null
 * @param reason   one of {@link GapReasons}, or the Connect code that the server ended the stream with, such as
 *                 {@code unavailable}; never null
 * @param attempts how often connecting was tried until it succeeded; 0 when the connection was not lost
 */
public record StreamGap(Instant from, Instant to, String reason, int attempts) implements GapBody {

    public StreamGap {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(reason, "reason");
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("A gap from " + from + " cannot end at " + to);
        }
    }

    /**
     * This gap and a later one with no event between them: one gap, with the reason of this one.
     *
     * @param later null: none
     */
    public StreamGap and(StreamGap later) {
        if (later == null) {
            return this;
        }
        return new StreamGap(
                from.isBefore(later.from) ? from : later.from,
                to.isAfter(later.to) ? to : later.to,
                reason,
                attempts + later.attempts);
    }
}
