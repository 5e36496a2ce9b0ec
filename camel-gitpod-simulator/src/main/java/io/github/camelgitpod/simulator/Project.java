package io.github.camelgitpod.simulator;

import java.time.Instant;

/**
 * A project.
 *
 * @param id its UUID
 * @param name its name
 * @param creatorId the person who created it
 * @param createdAt when it was created
 * @param updatedAt when it was changed last
 */
public record Project(String id, String name, String creatorId, Instant createdAt, Instant updatedAt) {}
