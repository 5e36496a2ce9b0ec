package io.github.camelgitpod.examples.chatalert;

import io.github.camelgitpod.model.AuditLogEntry;
import java.util.Locale;

/** An entry as a message for people, in the markup that Slack and its like understand. */
final class AlertText {
    private AlertText() {}

    static String of(AuditLogEntry entry) {
        return """
                *%s*
                %s `%s`
                by %s `%s`, %s""".formatted(
                        known(entry.action(), "Something happened"),
                        words(entry.subjectType(), "RESOURCE_TYPE_"),
                        known(entry.subjectId(), "?"),
                        words(entry.actorPrincipal(), "PRINCIPAL_"),
                        known(entry.actorId(), "?"),
                        known(entry.createdAtText(), "at an unknown time"));
    }

    /** The text of a constant: {@code RESOURCE_TYPE_USER_SECRET} is a user secret. */
    private static String words(String constant, String prefix) {
        String text = known(constant, "unknown");
        return text.startsWith(prefix)
                ? text.substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', ' ')
                : text;
    }

    /**
     * The text, or the other one where there is none. The three characters are escaped by which it could become a link or
     * call somebody.
     */
    private static String known(String text, String otherwise) {
        return text == null
                ? otherwise
                : text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
