package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.client.Pause;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.model.StreamLine;
import java.time.Instant;
import java.util.List;

/** Where a stream puts what it receives, in the order in which it is to be delivered. Putting never waits. */
public interface StreamInbox {

    /**
     * A connection is open, and what comes next came on it.
     *
     * @param gap what was missed before it; null for the first one
     */
    void opened(StreamGap gap);

    /**
     * Lines were received.
     *
     * @param lines in order; not changed afterwards
     * @param upTo  when the last byte of them came
     */
    void received(List<StreamLine> lines, Instant upTo);

    /**
     * Waits until there is room for more; to be called before more is read.
     *
     * @param pause whose end ends the wait
     * @return false: there is none, since the route has stalled
     */
    boolean awaitRoom(Pause pause);

    /** Whether there is no room now. */
    boolean isFull();
}
