package io.github.camelgitpod.transform;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.transform.Tables.Principal;
import io.github.camelgitpod.transform.Tables.Subject;
import io.github.camelgitpod.transform.Tables.Verb;
import io.github.camelgitpod.transform.Tables.Veto;
import java.io.IOException;

/**
 * What an entry tells, and what can be concluded from it. A field that is absent, empty or unspecified is null.
 *
 * @param verb what was done; a guess, {@link Verb#OTHER} at least
 * @param veto null: the entry is none
 * @param exec what was vetoed; null: the entry has no such details
 */
record EntryFacts(
        AuditLogEntry entry,
        String id,
        String actorId,
        String actorPrincipal,
        String subjectId,
        String subjectType,
        String action,
        EntryTime createdAt,
        String kind,
        Verb verb,
        Veto veto,
        VetoExec exec) {

    private static final String KIND = "AUDIT_LOG_ENTRY_KIND_";
    private static final String CREDENTIAL_ACCESS = KIND + "CREDENTIAL_ACCESS";
    private static final String VETO = KIND + "ENVIRONMENT_VETO";
    private static final String EXEC_BLOCKED = KIND + "AGENT_SECURITY_EXEC_BLOCKED";
    private static final String EXEC_AUDITED = KIND + "AGENT_SECURITY_EXEC_AUDITED";

    static EntryFacts of(AuditLogEntry entry) throws IOException {
        String kind = value(entry.kind());
        String action = text(entry.action());
        boolean isVeto = VETO.equals(kind) || EXEC_BLOCKED.equals(kind) || EXEC_AUDITED.equals(kind);
        VetoExec exec = isVeto ? VetoExec.of(entry) : null;
        return new EntryFacts(
                entry,
                text(entry.id()),
                text(entry.actorId()),
                value(entry.actorPrincipal()),
                text(entry.subjectId()),
                value(entry.subjectType()),
                action,
                EntryTime.of(entry.createdAt(), text(entry.createdAtText())),
                kind,
                verb(kind, isVeto, action),
                isVeto ? veto(kind, action, exec) : null,
                exec);
    }

    Principal principal() {
        return Principal.of(actorPrincipal);
    }

    Subject subject() {
        return Subject.of(subjectType);
    }

    /** Whether it is one of those that have a kind of their own since a credential was used. */
    boolean isCredentialAccess() {
        return CREDENTIAL_ACCESS.equals(kind);
    }

    private static Verb verb(String kind, boolean isVeto, String action) {
        if (CREDENTIAL_ACCESS.equals(kind)) {
            return Verb.READ;
        }
        return isVeto ? Verb.OTHER : ActionText.verb(action);
    }

    private static Veto veto(String kind, String action, VetoExec exec) {
        String done = exec == null || exec.action() == null ? "" : exec.action();
        String told = action == null ? "" : action;
        if (done.equals("KERNEL_CONTROLS_ACTION_BLOCK")) {
            return Veto.BLOCKED;
        }
        if (done.equals("KERNEL_CONTROLS_ACTION_AUDIT")) {
            return Veto.AUDITED;
        }
        if (kind.equals(EXEC_BLOCKED)) {
            return Veto.BLOCKED;
        }
        if (kind.equals(EXEC_AUDITED)) {
            return Veto.AUDITED;
        }
        if (told.startsWith("Veto Exec blocked")) {
            return Veto.BLOCKED;
        }
        return told.startsWith("Veto Exec audited") ? Veto.AUDITED : Veto.UNKNOWN;
    }

    private static String text(String sent) {
        return sent == null || sent.isEmpty() ? null : Texts.utf8(sent);
    }

    private static String value(String sent) {
        return sent == null || sent.endsWith("_UNSPECIFIED") ? null : text(sent);
    }

    /**
     * The program that a veto is about.
     *
     * @param action what was done about it, such as {@code KERNEL_CONTROLS_ACTION_BLOCK}
     * @param path   of its file
     * @param sha256 of its file, in hexadecimal digits
     * @param pid    of its process
     */
    record VetoExec(String action, String path, String sha256, Long pid) {
        private static final String SHA_256 = "sha256:";

        private static VetoExec of(AuditLogEntry entry) throws IOException {
            JsonNode exec = Json.tree(entry.json()).path("details").path("vetoExec");
            if (!exec.isObject()) {
                return null;
            }
            String digest = string(exec.path("executable"));
            JsonNode pid = exec.path("process").path("pid");
            return new VetoExec(
                    value(string(exec.path("action"))),
                    string(exec.path("filename")),
                    digest != null && digest.startsWith(SHA_256) ? text(digest.substring(SHA_256.length())) : null,
                    pid.isIntegralNumber() && pid.canConvertToLong() ? pid.longValue() : null);
        }

        private static String string(JsonNode node) {
            return text(node.textValue());
        }
    }
}
