package io.github.camelgitpod.state;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Failures of a place of states as others may see them. Drivers and clients repeat in their messages what they were given, and
 * that can be a password: it is left out, whoever logs the failure, and with or without its causes.
 */
public final class SafeFailure {
    /** For a place whose settings are not known here: what is called a secret is one. */
    public static final SafeFailure OF_UNKNOWN_SETTINGS = new SafeFailure(List.of());

    private static final String HIDDEN = "***";
    /** What names a secret, which follows it: a setting, an element of XML, a kind of credential, a user in an address. */
    private static final List<Pattern> NAMED = List.of(
            Pattern.compile(
                    "((?i:pass(?:word|wd|phrase|code)?|pwd|secret|token|credentials?|(?:api|access|account)_?key|\\bsig)"
                            + "[\\w.-]{0,40}+\"?\\s*[=:]\\s*)"
                            + "(\"(?:\\\\.|[^\"\\\\])*+\"?|'(?:''|[^'])*+'?|[^\\s;&,@'\")\\]}]++)"),
            Pattern.compile("(?i)(<(?:\\w+:)?(?:pass(?:word|wd)?|secret|token)>)[^<]++"),
            Pattern.compile("(?i)(\\b(?:bearer|basic)\\s+)[\\w.~+/=-]{6,}+"),
            Pattern.compile("(?i)(jdbc:oracle:\\w+:[^\\s/@]*+/)\\S+(?=@)"),
            Pattern.compile("(://[^\\s/:@?\\[]*+:)(?!\\d++(?:[/?,\\s]|$))\\S+(?=@)"));

    private final List<Pattern> secrets;

    /** @param secrets shown nowhere where they stand as words of their own */
    public SafeFailure(Collection<String> secrets) {
        this.secrets = secrets.stream()
                .filter(secret -> !secret.isBlank())
                .sorted((one, other) -> other.length() - one.length())
                .map(secret -> Pattern.compile("(?<!\\w)" + Pattern.quote(secret) + "(?!\\w)"))
                .toList();
    }

    /** A message without secrets; null for null. */
    public String text(String message) {
        if (message == null) {
            return null;
        }
        String safe = message;
        for (Pattern named : NAMED) {
            safe = named.matcher(safe).replaceAll("$1" + HIDDEN);
        }
        for (Pattern secret : secrets) {
            safe = secret.matcher(safe).replaceAll(HIDDEN);
        }
        return safe;
    }

    /** The failure itself where it and its causes have no secret; else what is left of it, with the same stack trace. */
    public Throwable of(Throwable failure) {
        return hasSecret(failure, circles()) ? shown(failure, circles()) : failure;
    }

    private boolean hasSecret(Throwable failure, Set<Throwable> seen) {
        if (failure == null || !seen.add(failure)) {
            return false;
        }
        String text = failure.toString();
        return !text(text).equals(text)
                || hasSecret(failure.getCause(), seen)
                || List.of(failure.getSuppressed()).stream().anyMatch(suppressed -> hasSecret(suppressed, seen));
    }

    /** Null for one that is shown already. */
    private Throwable shown(Throwable failure, Set<Throwable> seen) {
        if (failure == null || !seen.add(failure)) {
            return null;
        }
        Throwable shown = new Shown(text(failure.toString()), shown(failure.getCause(), seen));
        shown.setStackTrace(failure.getStackTrace());
        for (Throwable suppressed : failure.getSuppressed()) {
            Throwable other = shown(suppressed, seen);
            if (other != null) {
                shown.addSuppressed(other);
            }
        }
        return shown;
    }

    /** A failure can be its own cause's: one that a rollback suppressed. */
    private static Set<Throwable> circles() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private static final class Shown extends Exception {
        private static final long serialVersionUID = 1L;

        private Shown(String text, Throwable cause) {
            super(text, cause);
        }

        @Override
        public String toString() {
            return getMessage();
        }
    }
}
