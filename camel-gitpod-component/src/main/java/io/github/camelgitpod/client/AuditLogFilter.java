package io.github.camelgitpod.client;

import io.github.camelgitpod.model.AuditLogEntry;
import java.util.List;

/**
 * Which audit-log entries are wanted: all of the lists must match, in each any one value. An empty list matches
 * everything. Values are sorted and without duplicates, so that equal filters are equal. Servers know all lists but
 * {@code kinds}.
 */
public record AuditLogFilter(
        List<String> actorIds,
        List<String> actorPrincipals,
        List<String> subjectIds,
        List<String> subjectTypes,
        List<String> kinds) {
    /** What an entry's kind is that the server left out. */
    private static final String NO_KIND = "AUDIT_LOG_ENTRY_KIND_UNSPECIFIED";

    /** The filter that lets everything pass. */
    public static final AuditLogFilter ALL = new AuditLogFilter(List.of(), List.of(), List.of(), List.of());

    public AuditLogFilter {
        actorIds = canonical(actorIds);
        actorPrincipals = canonical(actorPrincipals);
        subjectIds = canonical(subjectIds);
        subjectTypes = canonical(subjectTypes);
        kinds = canonical(kinds);
    }

    /** A filter by what servers know. */
    public AuditLogFilter(
            List<String> actorIds, List<String> actorPrincipals, List<String> subjectIds, List<String> subjectTypes) {
        this(actorIds, actorPrincipals, subjectIds, subjectTypes, List.of());
    }

    /** The same filter with other kinds. */
    public AuditLogFilter withKinds(List<String> others) {
        return new AuditLogFilter(actorIds, actorPrincipals, subjectIds, subjectTypes, others);
    }

    /** Whether each entry that passes this filter passes the other one too. */
    public boolean isNarrowerThan(AuditLogFilter other) {
        return narrower(actorIds, other.actorIds)
                && narrower(actorPrincipals, other.actorPrincipals)
                && narrower(subjectIds, other.subjectIds)
                && narrower(subjectTypes, other.subjectTypes)
                && narrower(kinds, other.kinds);
    }

    /** Whether the entry passes. */
    public boolean matches(AuditLogEntry entry) {
        return allows(actorIds, entry.actorId())
                && allows(actorPrincipals, entry.actorPrincipal())
                && allows(subjectIds, entry.subjectId())
                && allows(subjectTypes, entry.subjectType())
                && allows(kinds, entry.kind() == null || entry.kind().isEmpty() ? NO_KIND : entry.kind());
    }

    /** Names this filter in the keys of stored state, so it stays as it is: with another text, the state is not found. */
    public String sourceText() {
        return "AuditLogFilter[actorIds=" + actorIds + ", actorPrincipals=" + actorPrincipals + ", subjectIds="
                + subjectIds + ", subjectTypes=" + subjectTypes + (kinds.isEmpty() ? "" : ", kinds=" + kinds) + "]";
    }

    private static boolean allows(List<String> values, String value) {
        return values.isEmpty() || values.contains(value);
    }

    private static boolean narrower(List<String> values, List<String> others) {
        return others.isEmpty() || (!values.isEmpty() && others.containsAll(values));
    }

    private static List<String> canonical(List<String> values) {
        return values.stream().sorted().distinct().toList();
    }
}
