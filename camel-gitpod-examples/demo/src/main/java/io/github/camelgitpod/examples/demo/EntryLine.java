package io.github.camelgitpod.examples.demo;

import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.model.AuditLogEntry;
import org.apache.camel.Message;

/** An entry of the audit log in one line, for people: when, what, by whom, to what. */
final class EntryLine {
    private EntryLine() {}

    /** @param message with the names that {@code resolveNames} has found, and an entry as its body */
    static String of(Message message) {
        AuditLogEntry entry = message.getBody(AuditLogEntry.class);
        return "  entry     %s %s, by %s: %s"
                .formatted(
                        entry.createdAtText(),
                        entry.action(),
                        called(
                                message.getHeader(GitpodConstants.ACTOR_NAME, String.class),
                                String.valueOf(Words.brief(entry.actorPrincipal(), "PRINCIPAL_")),
                                entry.actorId()),
                        called(
                                message.getHeader(GitpodConstants.SUBJECT_NAME, String.class),
                                String.valueOf(Words.brief(entry.subjectType(), "RESOURCE_TYPE_")),
                                entry.subjectId()));
    }

    /** What has no name, such as what was deleted, is called by the end of its id. */
    private static String called(String name, String kind, String id) {
        // Environments are often called environment-..., and runners likewise.
        return name != null && name.startsWith(kind) ? name : kind + " " + (name == null ? Words.brief(id) : name);
    }
}
