package io.github.camelgitpod.examples.agenttool;

import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.AuditLogListing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    private static final List<String> VERBS = List.of("created", "updated", "deleted");
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F-]{1,36}");
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]{0,79}");

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
                    verb(entry),
                    only(NAME, entry.subjectType()),
                    only(ID, entry.subjectId()),
                    only(NAME, entry.actorPrincipal()),
                    only(ID, entry.actorId()),
                    only(ID, entry.id()));
        }

        private static String verb(AuditLogEntry entry) {
            if ("AUDIT_LOG_ENTRY_KIND_CREDENTIAL_ACCESS".equals(entry.kind())) {
                return "read";
            }
            String action = String.valueOf(entry.action()).toLowerCase(Locale.ROOT);
            return VERBS.stream().filter(action::contains).findFirst().orElse("other");
        }

        private static String only(Pattern allowed, String value) {
            return value != null && allowed.matcher(value).matches() ? value : "";
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
