package io.github.camelgitpod.event.group;

import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;

/**
 * Gets what streams bring, one thing after the other, each in the order of its stream; the next comes when the call
 * returns. Should throw nothing.
 */
public interface EventSink {

    /**
     * An event.
     *
     * @param environmentId of the stream's scope; null: the organization
     * @param gap           what was missed since the event before; null: nothing
     * @return whether it was taken; false: such events are not wanted, and the gap is for the next one
     */
    boolean event(String environmentId, GitpodEvent event, StreamGap gap);

    /** Something was missed; its recovery comes next, if there is one. */
    void gap(String environmentId, StreamGap gap);

    /** What can be recovered of a gap has been delivered. */
    void gapClosed(String environmentId, ClosedGap gap);
}
