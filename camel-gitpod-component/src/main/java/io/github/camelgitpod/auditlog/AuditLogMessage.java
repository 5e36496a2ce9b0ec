package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.consumer.HeaderTemplate;
import io.github.camelgitpod.model.AuditLogBatch;
import io.github.camelgitpod.model.AuditLogEntry;
import java.util.List;
import org.apache.camel.Message;

/** Makes messages of audit-log entries: one entry as the body, with its fields as headers, or several as a list. */
final class AuditLogMessage {

    private static final HeaderTemplate HEADERS = new HeaderTemplate(
            GitpodConstants.ENTRY_ID,
            GitpodConstants.ACTION,
            GitpodConstants.ACTOR_ID,
            GitpodConstants.ACTOR_PRINCIPAL,
            GitpodConstants.SUBJECT_ID,
            GitpodConstants.SUBJECT_TYPE,
            GitpodConstants.CREATED_AT,
            GitpodConstants.KIND,
            GitpodConstants.ORGANIZATION_ID,
            GitpodConstants.MESSAGE_TIMESTAMP);

    private AuditLogMessage() {}

    /**
     * One entry in a message.
     *
     * @param organization whose it is; null: not known
     */
    static void fill(Message message, String organization, AuditLogEntry entry, boolean late) {
        message.setBody(entry);
        HEADERS.fill(
                message,
                header -> header.equals(GitpodConstants.ORGANIZATION_ID) ? organization : value(entry, header));
        if (late) {
            message.setHeader(GitpodConstants.LATE, true);
        }
    }

    private static Object value(AuditLogEntry entry, String header) {
        return switch (header) {
            case GitpodConstants.ENTRY_ID -> entry.id();
            case GitpodConstants.ACTION -> entry.action();
            case GitpodConstants.ACTOR_ID -> entry.actorId();
            case GitpodConstants.ACTOR_PRINCIPAL -> entry.actorPrincipal();
            case GitpodConstants.SUBJECT_ID -> entry.subjectId();
            case GitpodConstants.SUBJECT_TYPE -> entry.subjectType();
            case GitpodConstants.CREATED_AT -> entry.createdAtText();
            case GitpodConstants.KIND -> entry.kind();
            case GitpodConstants.MESSAGE_TIMESTAMP ->
                entry.createdAt() == null ? null : entry.createdAt().toEpochMilli();
            default -> throw new IllegalArgumentException(header);
        };
    }

    /**
     * Several entries in one message.
     *
     * @param organization whose they are; null: not known
     * @param late         whether one of them is late
     */
    static void fill(Message message, String organization, List<AuditLogEntry> entries, boolean late) {
        message.setBody(new AuditLogBatch(entries));
        if (organization != null) {
            message.setHeader(GitpodConstants.ORGANIZATION_ID, organization);
        }
        if (late) {
            message.setHeader(GitpodConstants.LATE, true);
        }
    }
}
