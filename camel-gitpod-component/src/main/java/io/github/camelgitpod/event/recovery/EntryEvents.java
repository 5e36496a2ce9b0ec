package io.github.camelgitpod.event.recovery;

import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.GitpodEvent;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Makes events of audit-log entries. An entry says in words for people what was done. Where these are the words that the
 * server is known to use for a change of the resource itself, the event has that operation, else none.
 */
final class EntryEvents {
    private static final String CHANGE = "AUDIT_LOG_ENTRY_KIND_RESOURCE_CHANGE";
    private static final String CHANGED = "changed ";

    private EntryEvents() {}

    /** @param receivedAt when it was read */
    static GitpodEvent of(AuditLogEntry entry, Instant receivedAt) {
        return new GitpodEvent(
                operation(entry),
                entry.subjectType(),
                entry.subjectId(),
                receivedAt,
                false,
                entry.id(),
                entry.createdAtText(),
                entry.json());
    }

    private static String operation(AuditLogEntry entry) {
        // Entries of older servers have no kind, and all of them are changes.
        boolean change = entry.kind() == null || entry.kind().equals(CHANGE);
        if (!change || entry.action() == null) {
            return null;
        }
        String action = entry.action().toLowerCase(Locale.ROOT);
        if (action.startsWith(CHANGED)) {
            List<String> fields = List.of(action.substring(CHANGED.length()).split(", *"));
            return fields.contains("status") ? Operations.UPDATE_STATUS : Operations.UPDATE;
        }
        // Not every "created": a part of the resource can be created too.
        String name = String.valueOf(entry.subjectType())
                .replace("RESOURCE_TYPE_", "")
                .replace('_', ' ')
                .toLowerCase(Locale.ROOT);
        if (action.equals(name + " created")) {
            return Operations.CREATE;
        }
        return action.equals(name + " deleted") ? Operations.DELETE : null;
    }
}
