package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.client.Pause;

/** Whether there is room for what streams receive. */
public interface Capacity {

    /**
     * Waits until there is room for more; to be called before more is read.
     *
     * @param pause whose end ends the wait
     * @return false: there is none, since the route has stalled
     */
    boolean await(Pause pause);

    /** Whether there is no room now. */
    boolean isFull();
}
