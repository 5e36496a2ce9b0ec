package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import java.time.Instant;
import java.util.List;

/**
 * What comes in: a stream puts here what it receives, in the order in which it is to be delivered. No call waits for the
 * route; whether there is room for more, {@link Capacity} says.
 */
public interface StreamInbox {

    /**
     * A connection is open, and what comes next came on it.
     *
     * @param gap what was missed before it; null for the first one
     */
    void opened(StreamGap gap);

    /**
     * The server has ended the connection: what happened until a moment before came on it.
     *
     * @param until when it ended
     */
    default void ended(Instant until) {}

    /**
     * Events were received.
     *
     * @param events in order, at least one; not changed afterwards
     * @param before until when nothing was missed before them: they may have waited since then to be read
     */
    void received(List<GitpodEvent> events, Instant before);

    /**
     * A line was received that is not an event.
     *
     * @param gap that the line leaves: one moment
     */
    void skipped(StreamGap gap);
}
