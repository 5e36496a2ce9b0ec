package io.github.camelgitpod.examples.agenttool;

import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.AuditLogListing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the agent gets: ids, times and fixed words. The text of an entry's action stays out, since part of it can come from whoever caused the
 * entry, and a model may take it for an instruction.
 *
 * @param entries newest first
 * @param more    whether there are older ones that match
 */
public record Answer(List<Touch> entries, boolean more) {
    private static final int MOST = 50;
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F-]{1,36}");
    /** Those that the route asks for. */
    private static final Set<String> SUBJECTS = Set.of(
            "RESOURCE_TYPE_SECRET",
            "RESOURCE_TYPE_ORGANIZATION_SECRET",
            "RESOURCE_TYPE_USER_SECRET",
            "RESOURCE_TYPE_SERVICE_ACCOUNT_SECRET");

    private static final Set<String> PRINCIPALS = Set.of(
            "PRINCIPAL_ACCOUNT",
            "PRINCIPAL_AGENT_EXECUTION",
            "PRINCIPAL_ENVIRONMENT",
            "PRINCIPAL_RUNNER",
            "PRINCIPAL_RUNNER_MANAGER",
            "PRINCIPAL_SERVICE_ACCOUNT",
            "PRINCIPAL_USER");

    /** One entry of the audit log. */
    public record Touch(
            String at,
            String did,
            String subjectType,
            String subjectId,
            String actorPrincipal,
            String actorId,
            String entryId) {

        static Touch of(AuditLogEntry entry) {
            return new Touch(
                    String.valueOf(entry.createdAt()),
                    Deed.of(entry),
                    known(SUBJECTS, entry.subjectType()),
                    id(entry.subjectId()),
                    known(PRINCIPALS, entry.actorPrincipal()),
                    id(entry.actorId()),
                    id(entry.id()));
        }

        private static String id(String value) {
            return value != null && ID.matcher(value).matches() ? value : "";
        }

        private static String known(Set<String> names, String value) {
            return value != null && names.contains(value) ? value : Deed.OTHER;
        }
    }

    /** Called by the route. */
    public static Answer of(AuditLogListing listing) {
        List<Touch> touches = new ArrayList<>();
        for (AuditLogEntry entry : listing) {
            if (touches.size() == MOST) {
                return new Answer(touches, true);
            }
            touches.add(Touch.of(entry));
        }
        return new Answer(touches, false);
    }
}
