package io.github.camelgitpod;

import io.github.camelgitpod.client.AuditLogEntry;
import java.util.List;
import org.apache.camel.Message;

/** Audit-log entries as messages: one as the body, with its fields as headers, or several as a list. */
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

    /** Several entries in one message. */
    static void fill(Message message, List<AuditLogEntry> entries, boolean late) {
        message.setBody(new AuditLogBatch(entries));
        if (late) {
            message.setHeader(GitpodConstants.LATE, true);
        }
    }

    private static void set(Message message, String header, String value) {
        if (value != null) {
            message.setHeader(header, value);
        }
    }
}
