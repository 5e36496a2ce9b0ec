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
public record Runner(String id, String name, String creatorId, Instant createdAt, Instant updatedAt, String phase) {}
