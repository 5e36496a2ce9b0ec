package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.auditlog.query.ListingRequest;
import io.github.camelgitpod.auditlog.reader.StartPosition;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.AuditLogOperation;
import io.github.camelgitpod.model.AuditLogSort;
import io.github.camelgitpod.model.ShownText;
import io.github.camelgitpod.option.CommaList;
import io.github.camelgitpod.option.OptionChecks;
import io.github.camelgitpod.option.OptionErrors;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.Message;

/**
 * The options of {@code gitpod:auditLogs} as a producer, and the headers that take their places. Each method throws
 * {@link IllegalArgumentException} that names the option or the header, its value and what is allowed.
 */
final class QueryOptions {
    private static final Map<String, String> HEADERS = Map.of(
            "actorIds", GitpodConstants.ACTOR_IDS,
            "actorPrincipals", GitpodConstants.ACTOR_PRINCIPALS,
            "subjectIds", GitpodConstants.SUBJECT_IDS,
            "subjectTypes", GitpodConstants.SUBJECT_TYPES,
            "kinds", GitpodConstants.KINDS,
            "from", GitpodConstants.FROM,
            "to", GitpodConstants.TO);
    private static final int LONGEST_SHOWN = 100;

    private static final int DEFAULT_LIMIT = 100;

    private final AuditLogConfiguration options;

    QueryOptions(AuditLogConfiguration options) {
        this.options = options;
    }

    AuditLogOperation operation() {
        return options.getOperation();
    }

    /** Checks the options, with no message yet. */
    void check() {
        listing(null);
        if (operation() == AuditLogOperation.get) {
            HEADERS.keySet().stream()
                    .sorted()
                    .map(option -> FilterOptions.of(options, option))
                    .forEach(QueryOptions::refuseWithGet);
            refuseWithGet(
                    Written.option("limit", options.getLimit() == DEFAULT_LIMIT ? null : "" + options.getLimit()));
            refuseWithGet(Written.option(
                    "sort",
                    options.getSort() == AuditLogSort.desc
                            ? null
                            : options.getSort().name()));
        }
    }

    private static void refuseWithGet(Written written) {
        if (written.text() != null) {
            throw OptionErrors.wrong(
                    written.name(), written.text(), "says nothing to operation=get", "with operation=list");
        }
    }

    /** @param message whose headers come first; null: there is none */
    ListingRequest listing(Message message) {
        Written from = written("from", message);
        Written to = written("to", message);
        StartPosition start = from.text() == null ? null : AuditLogOptions.start(from.name(), from.text());
        Instant end = AuditLogOptions.end(from, start, to);
        return new ListingRequest(
                FilterOptions.read(option -> written(option, message)),
                start,
                end,
                options.getSort() == AuditLogSort.desc,
                limit(message));
    }

    /** Which entry a message asks for: the header, or the body. */
    String entryId(Message message) {
        Object header = message.getHeader(GitpodConstants.ENTRY_ID);
        Object body = message.getBody();
        Object named = header != null ? header : body instanceof AuditLogEntry entry ? entry.id() : body;
        String id = named == null
                ? null
                : message.getExchange().getContext().getTypeConverter().tryConvertTo(String.class, named);
        return Optional.ofNullable(id)
                .flatMap(text -> CommaList.uuid(text.strip()))
                .orElseThrow(() -> new IllegalArgumentException("operation=get needs the id of an entry, and got "
                        + shown(id, header != null) + "; allowed: a UUID in the header " + GitpodConstants.ENTRY_ID
                        + " or as the body"));
    }

    /** A text that stands where an id should. A body that is a whole document is not for a log. */
    private static String shown(String text, boolean inHeader) {
        String place = inHeader ? "the header " + GitpodConstants.ENTRY_ID : "the body";
        if (text == null || text.isBlank()) {
            return "none in " + place;
        }
        return text.length() > LONGEST_SHOWN
                ? place + " of " + text.length() + " characters"
                : ShownText.of(text.strip()) + " in " + place;
    }

    private int limit(Message message) {
        Object header = message == null ? null : message.getHeader(GitpodConstants.LIMIT);
        if (header == null) {
            return OptionChecks.atLeast("limit", options.getLimit(), 0);
        }
        String name = "limit (header " + GitpodConstants.LIMIT + ")";
        try {
            return OptionChecks.atLeast(name, Integer.parseInt(header.toString().strip()), 0);
        } catch (NumberFormatException e) {
            throw OptionErrors.wrong(name, header, "is no number that it can have", "a whole number, 0 or more");
        }
    }

    private Written written(String option, Message message) {
        String header = HEADERS.get(option);
        Object value = message == null ? null : message.getHeader(header);
        if (value == null) {
            return FilterOptions.of(options, option);
        }
        String text = value instanceof Collection<?> values
                ? values.stream().map(String::valueOf).collect(Collectors.joining(","))
                : value.toString();
        return new Written(option + " (header " + header + ")", text, true);
    }
}
