package io.github.camelgitpod.simulator.life;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.Environment;
import io.github.camelgitpod.simulator.Project;
import io.github.camelgitpod.simulator.Runner;
import io.github.camelgitpod.simulator.stream.Event;

/** Where a life is written down. The entry of a step comes first, then what else it changes. */
public interface Story {

    /**
     * An audit-log entry.
     *
     * @param entry the entry
     * @param details its details as JSON; null for none
     */
    void entry(Entry entry, String details);

    /**
     * An event for the streams.
     *
     * @param event the event
     */
    void event(Event event);

    /**
     * An environment as it is now.
     *
     * @param environment the environment
     */
    void environment(Environment environment);

    /**
     * An environment is gone.
     *
     * @param id the environment
     */
    void environmentGone(String id);

    /**
     * A project as it is now.
     *
     * @param project the project
     */
    void project(Project project);

    /**
     * A runner as it is now.
     *
     * @param runner the runner
     */
    void runner(Runner runner);
}
