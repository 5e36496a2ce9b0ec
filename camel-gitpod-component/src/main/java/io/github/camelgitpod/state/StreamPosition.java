package io.github.camelgitpod.state;

import io.github.camelgitpod.model.StreamGap;
import java.time.Instant;

/**
 * Where an event stream stands.
 *
 * @param deliveredUpTo until when the route has everything: there the gap of a restart begins
 * @param owed          the gap that the next event has to report; null: none
 */
public record StreamPosition(Instant deliveredUpTo, StreamGap owed) {

    /** The same, not later than this. */
    public StreamPosition notAfter(Instant bound) {
        return bound.isBefore(deliveredUpTo) ? new StreamPosition(bound, owed) : this;
    }
}
