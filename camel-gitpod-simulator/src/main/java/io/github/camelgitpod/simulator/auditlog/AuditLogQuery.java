package io.github.camelgitpod.simulator.auditlog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What a request asks of the audit log, checked. Empty lists do not filter.
 *
 * @param actorIds who
 * @param actorPrincipals what kind of actor
 * @param subjectIds to what
 * @param subjectTypes to what kind of thing
 * @param from inclusive; nullable
 * @param to exclusive; nullable
 * @param ascending oldest first
 */
public record AuditLogQuery(
        List<String> actorIds,
        List<String> actorPrincipals,
        List<String> subjectIds,
        List<String> subjectTypes,
        Instant from,
        Instant to,
        boolean ascending) {

    boolean selectsAll() {
        return actorIds.isEmpty() && actorPrincipals.isEmpty() && subjectIds.isEmpty() && subjectTypes.isEmpty();
    }

    boolean selects(Row row) {
        return (actorIds.isEmpty() || actorIds.contains(row.actorId))
                && (actorPrincipals.isEmpty() || actorPrincipals.contains(row.actorPrincipal))
                && (subjectIds.isEmpty() || subjectIds.contains(row.subjectId))
                && (subjectTypes.isEmpty() || subjectTypes.contains(row.subjectType));
    }

    /** What a page token is bound to. */
    String fingerprint() {
        // Not its hash code: two filters that differ in a few letters can have the same.
        return UUID.nameUUIDFromBytes(toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
