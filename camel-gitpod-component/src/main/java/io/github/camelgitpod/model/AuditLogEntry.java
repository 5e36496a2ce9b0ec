package io.github.camelgitpod.model;

import java.time.Instant;
import java.util.Objects;

/**
 * One entry of the audit log. Fields that the server left out are null; enum values are in full and as the server sent
 * them, also those that this version does not know.
 *
 * @param id             the entry's UUID
 * @param actorId        who did it
 * @param actorPrincipal what kind of actor that is, such as {@code PRINCIPAL_USER}
 * @param subjectId      what it was done to
 * @param subjectType    what kind of resource that is, such as {@code RESOURCE_TYPE_ENVIRONMENT}
 * @param action         what was done, free text for people
 * @param createdAt      when, to the nanosecond; null when it is missing or not an RFC 3339 instant
 * @param createdAtText  the same, as sent
 * @param kind           what kind of entry it is, such as {@code AUDIT_LOG_ENTRY_KIND_CREDENTIAL_ACCESS}; newer servers
 * @param json           the entry's text exactly as the server sent it
 */
public record AuditLogEntry(
        String id,
        String actorId,
        String actorPrincipal,
        String subjectId,
        String subjectType,
        String action,
        Instant createdAt,
        String createdAtText,
        String kind,
        JsonText json)
        implements JsonBacked {

    public AuditLogEntry {
        Objects.requireNonNull(json, "json");
    }

    /**
     * By what the entry is known: its id or, without one, which the protocol allows, its text; a long one is shortened. Never
     * null.
     */
    public String key() {
        return ShortKey.of(id != null && !id.isEmpty() ? id : json.toString());
    }

    /** Short, for logs; the entry's text is in {@link #json()}. */
    @Override
    public String toString() {
        return "AuditLogEntry[" + ShownText.of(id + ", " + createdAtText + ", " + action) + "]";
    }
}
