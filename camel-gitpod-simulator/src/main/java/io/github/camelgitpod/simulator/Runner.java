package io.github.camelgitpod.simulator;

import java.time.Instant;

/**
 * A runner.
 *
 * @param id its UUID
 * @param name its name
 * @param creatorId the person who created it
 * @param createdAt when it was created
 * @param updatedAt when it was changed last
 * @param phase such as {@code RUNNER_PHASE_ACTIVE}
 */
public record Runner(String id, String name, String creatorId, Instant createdAt, Instant updatedAt, String phase) {

    /**
     * A copy that was changed later.
     *
     * @param value when
     * @return the copy
     */
    public Runner updated(Instant value) {
        return new Runner(id, name, creatorId, createdAt, value, phase);
    }

    /**
     * A copy in another phase.
     *
     * @param value such as {@code RUNNER_PHASE_DEGRADED}
     * @return the copy
     */
    public Runner inPhase(String value) {
        return new Runner(id, name, creatorId, createdAt, updatedAt, value);
    }
}
