package io.github.camelgitpod;

import io.github.camelgitpod.client.AuditLogEntry;
import org.apache.camel.Message;

/** An audit-log entry as a message: the entry as the body, its fields as headers. */
final class AuditLogMessage {

    private AuditLogMessage() {}

    static void fill(Message message, AuditLogEntry entry, boolean late) {
        message.setBody(entry);
        set(message, GitpodConstants.ENTRY_ID, entry.id());
        set(message, GitpodConstants.ACTION, entry.action());
        set(message, GitpodConstants.ACTOR_ID, entry.actorId());
        set(message, GitpodConstants.ACTOR_PRINCIPAL, entry.actorPrincipal());
        set(message, GitpodConstants.SUBJECT_ID, entry.subjectId());
        set(message, GitpodConstants.SUBJECT_TYPE, entry.subjectType());
        set(message, GitpodConstants.CREATED_AT, entry.createdAtText());
        set(message, GitpodConstants.KIND, entry.kind());
        if (late) {
            message.setHeader(GitpodConstants.LATE, true);
        }
        if (entry.createdAt() != null) {
            message.setHeader(
                    GitpodConstants.MESSAGE_TIMESTAMP, entry.createdAt().toEpochMilli());
        }
    }

    private static void set(Message message, String header, String value) {
        if (value != null) {
            message.setHeader(header, value);
        }
    }
}
