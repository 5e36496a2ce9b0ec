package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.option.CommaList;
import io.github.camelgitpod.option.EnumNames;
import java.util.List;
import java.util.function.Function;
import org.slf4j.event.Level;

/** The options that say which entries are wanted: of a consumer and of a producer, and the headers of the same names. */
final class FilterOptions {
    private FilterOptions() {}

    /**
     * The filter.
     *
     * @param written finds the value of an option
     * @throws IllegalArgumentException naming the option, its value and what is allowed
     */
    static AuditLogFilter read(Function<String, Written> written) {
        return new AuditLogFilter(
                uuids(written.apply("actorIds")),
                names(EnumNames.PRINCIPAL, written.apply("actorPrincipals")),
                uuids(written.apply("subjectIds")),
                names(EnumNames.RESOURCE_TYPE, written.apply("subjectTypes")),
                names(EnumNames.AUDIT_LOG_ENTRY_KIND, written.apply("kinds")));
    }

    /** The value of an option of the endpoint. */
    static Written of(AuditLogConfiguration options, String option) {
        String text =
                switch (option) {
                    case "actorIds" -> options.getActorIds();
                    case "actorPrincipals" -> options.getActorPrincipals();
                    case "subjectIds" -> options.getSubjectIds();
                    case "subjectTypes" -> options.getSubjectTypes();
                    case "kinds" -> options.getKinds();
                    case "from" -> options.getFrom();
                    case "to" -> options.getTo();
                    default -> throw new IllegalArgumentException(option);
                };
        return Written.option(option, text);
    }

    private static List<String> uuids(Written written) {
        return CommaList.uuids(written.name(), written.text());
    }

    private static List<String> names(EnumNames names, Written written) {
        // A header would be told with each message.
        return names.parse(written.name(), written.text(), written.ofMessage() ? Level.DEBUG : Level.INFO);
    }
}
