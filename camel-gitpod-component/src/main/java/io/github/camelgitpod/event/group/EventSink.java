package io.github.camelgitpod.event.group;

import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;

/**
 * Gets what the streams bring: one call at a time, and for each stream in its order. Should throw nothing, since then
 * nothing more is delivered.
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

    /** Something was missed. What can be recovered of it comes next. */
    void gap(String environmentId, StreamGap gap);

    /** Everything was delivered that can be recovered of a gap. */
    void gapClosed(String environmentId, ClosedGap gap);
}
