package io.github.camelgitpod.event.group;

import java.time.Duration;

/** Does something later, one thing at a time. */
@FunctionalInterface
public interface Later {
    /** Returns at once. Nothing is done any more after the end of the consumer. */
    void later(Duration wait, Runnable task);
}
