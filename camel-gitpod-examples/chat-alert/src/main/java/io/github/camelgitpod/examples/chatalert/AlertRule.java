package io.github.camelgitpod.examples.chatalert;

import io.github.camelgitpod.model.AuditLogEntry;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which entries are worth an alert: those about certain types of resources, and those of certain kinds, whatever they are about.
 *
 * @param subjectTypes in full
 * @param kinds        in full
 */
record AlertRule(Set<String> subjectTypes, Set<String> kinds) {

    /**
     * A rule from what stands in the settings: values in full or short, in any case, separated by commas.
     *
     * @param subjectTypes such as {@code user_secret,sso_config}
     * @param kinds        such as {@code credential_access}
     */
    static AlertRule of(String subjectTypes, String kinds) {
        return new AlertRule(names(subjectTypes, "RESOURCE_TYPE_"), names(kinds, "AUDIT_LOG_ENTRY_KIND_"));
    }

    boolean matches(AuditLogEntry entry) {
        // Older servers send no kind.
        return (entry.subjectType() != null && subjectTypes.contains(entry.subjectType()))
                || (entry.kind() != null && kinds.contains(entry.kind()));
    }

    private static Set<String> names(String list, String prefix) {
        return Stream.of(list.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(name -> name.toUpperCase(Locale.ROOT))
                .map(name -> name.startsWith(prefix) ? name : prefix + name)
                .collect(Collectors.toUnmodifiableSet());
    }
}
