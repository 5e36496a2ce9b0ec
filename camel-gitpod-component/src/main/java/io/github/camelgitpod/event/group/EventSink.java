package io.github.camelgitpod.event.group;

import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import java.util.List;

/**
 * Gets what the streams bring: one call at a time, and for each stream in its order. Should throw nothing, since then
 * nothing more is delivered.
 */
public interface EventSink {

    /**
     * Whether events that were received together come in one call. Else each has a call of its own, as events that were
     * recovered always have.
     */
    default boolean takesSeveral() {
        return false;
    }

    /**
     * Events.
     *
     * @param environmentId of the stream's scope; null: the organization
     * @param events        one, or those that were received together, in order; never empty
     * @param gap           what was missed before the first of them; null: nothing
     * @return whether one was taken; false: such events are not wanted, and the gap is for the next one
     */
    boolean events(String environmentId, List<GitpodEvent> events, StreamGap gap);

    /** Something was missed. What can be recovered of it comes next. */
    void gap(String environmentId, StreamGap gap);

    /** Everything was delivered that can be recovered of a gap. */
    void gapClosed(String environmentId, ClosedGap gap);
}
