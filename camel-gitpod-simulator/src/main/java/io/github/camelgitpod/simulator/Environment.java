package io.github.camelgitpod.simulator;

import java.time.Instant;

/**
 * An environment.
 *
 * @param id its UUID
 * @param name its name
 * @param creatorId the person who created it
 * @param projectId its project; nullable
 * @param runnerId where it runs; nullable
 * @param createdAt when it was created
 * @param phase such as {@code ENVIRONMENT_PHASE_RUNNING}
 * @param statusVersion grows with each change of its status
 */
public record Environment(
        String id,
        String name,
        String creatorId,
        String projectId,
        String runnerId,
        Instant createdAt,
        String phase,
        long statusVersion) {

    /**
     * A copy in another phase, with the next status version.
     *
     * @param value such as {@code ENVIRONMENT_PHASE_STOPPED}
     * @return the copy
     */
    public Environment inPhase(String value) {
        return new Environment(id, name, creatorId, projectId, runnerId, createdAt, value, statusVersion + 1);
    }

    /**
     * A copy with another name.
     *
     * @param value the name
     * @return the copy
     */
    public Environment named(String value) {
        return new Environment(id, value, creatorId, projectId, runnerId, createdAt, phase, statusVersion);
    }
}
