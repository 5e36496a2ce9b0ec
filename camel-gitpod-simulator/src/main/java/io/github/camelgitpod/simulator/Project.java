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
public record Project(String id, String name, String creatorId, Instant createdAt, Instant updatedAt) {

    /**
     * A copy that was changed later.
     *
     * @param value when
     * @return the copy
     */
    public Project updated(Instant value) {
        return new Project(id, name, creatorId, createdAt, value);
    }

    /**
     * A copy with another name.
     *
     * @param value the name
     * @return the copy
     */
    public Project named(String value) {
        return new Project(id, value, creatorId, createdAt, updatedAt);
    }
}
