package io.github.camelgitpod.examples.demo;

import io.github.camelgitpod.model.AuditLogEntry;

/** An entry of the audit log in one line, for people: when, what, by whom, to what. */
final class EntryLine {
    private EntryLine() {}

    static String of(AuditLogEntry entry) {
        return "  entry     %s %s, by %s %s, %s %s"
                .formatted(
                        entry.createdAtText(),
                        entry.action(),
                        Words.brief(entry.actorPrincipal(), "PRINCIPAL_"),
                        entry.actorId(),
                        Words.brief(entry.subjectType(), "RESOURCE_TYPE_"),
                        entry.subjectId());
    }
}
