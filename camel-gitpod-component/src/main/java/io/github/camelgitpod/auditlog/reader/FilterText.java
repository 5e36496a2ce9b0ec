package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.client.AuditLogFilter;
import java.util.ArrayList;
import java.util.List;

/** A filter in words: its options and their values. */
final class FilterText {
    private FilterText() {}

    static String of(AuditLogFilter filter) {
        List<String> parts = new ArrayList<>();
        add(parts, "actorIds", filter.actorIds());
        add(parts, "actorPrincipals", filter.actorPrincipals());
        add(parts, "subjectIds", filter.subjectIds());
        add(parts, "subjectTypes", filter.subjectTypes());
        add(parts, "kinds", filter.kinds());
        return parts.isEmpty() ? "none, all entries" : String.join(" and ", parts);
    }

    private static void add(List<String> parts, String option, List<String> values) {
        if (!values.isEmpty()) {
            parts.add(option + "=" + String.join(",", values));
        }
    }
}
