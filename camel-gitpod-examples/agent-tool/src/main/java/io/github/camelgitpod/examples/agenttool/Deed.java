package io.github.camelgitpod.examples.agenttool;

import io.github.camelgitpod.model.AuditLogEntry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One word for what was done. An action is text, and part of it can come from whoever caused the entry, such as the name of the
 * secret: so only the server's own beginning counts, and where a name could be the verb, nothing is said.
 */
final class Deed {
    static final String OTHER = "other";

    private static final Map<String, String> VERBS = Map.of(
            "created", "created",
            "added", "created",
            "changed", "updated",
            "updated", "updated",
            "modified", "updated",
            "deleted", "deleted",
            "removed", "deleted");
    /** What the subject is, and the verb: {@code user secret deleted}; or the verb alone: {@code changed spec}. */
    private static final Pattern BEGINNING = Pattern.compile(
            "(?:(?:(?:user|organization|service account) )?secret )?([a-z]+)(?![\\w-]).*", Pattern.DOTALL);

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_-]+");

    private Deed() {}

    static String of(AuditLogEntry entry) {
        if ("AUDIT_LOG_ENTRY_KIND_CREDENTIAL_ACCESS".equals(entry.kind())) {
            return "read";
        }
        // A name follows after a colon, if anywhere it is marked.
        String text = String.valueOf(entry.action()).toLowerCase(Locale.ROOT).split(":", 2)[0];
        Matcher beginning = BEGINNING.matcher(text);
        if (!beginning.matches()) {
            return OTHER;
        }
        List<String> verbs = WORD.matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(VERBS::containsKey)
                .toList();
        return verbs.equals(List.of(beginning.group(1))) ? VERBS.get(beginning.group(1)) : OTHER;
    }
}
