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
        long statusVersion) {}
