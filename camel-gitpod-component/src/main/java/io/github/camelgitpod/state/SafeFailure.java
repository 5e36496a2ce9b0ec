package io.github.camelgitpod.state;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Failures of a place of states as others may see them. Drivers and clients repeat in their messages what they were given, and
 * that can be a password: it is left out, whoever logs the failure, and with or without its causes.
 */
public final class SafeFailure {
    /** For a place whose settings are not known here: what is called a secret is one. */
    public static final SafeFailure OF_UNKNOWN_SETTINGS = new SafeFailure(List.of());

    private static final String HIDDEN = "***";
    /** The name of a setting, up to its value; and a user's password in an address. */
    private static final Pattern NAMED = Pattern.compile(
            "((?i:pass(?:word|wd|phrase|code)?|pwd|secret|token|credentials?|api_?key|access_?key)[\\w.-]*+\"?\\s*[=:]\\s*"
                    + "|://[^\\s/:@?]*:(?=[^\\s/@?]*@))(\"[^\"]*\"?|'[^']*'?|[^\\s;&,@'\")\\]}]++)");

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
        String safe = NAMED.matcher(message).replaceAll("$1" + HIDDEN.replace("*", "\\*"));
        for (Pattern secret : secrets) {
            safe = secret.matcher(safe).replaceAll(HIDDEN);
        }
        return safe;
    }

    /** The failure itself where it and its causes have no secret; else what is left of it, with the same stack trace. */
    public Throwable of(Throwable failure) {
        return hasSecret(failure) ? new Shown(failure) : failure;
    }

    private boolean hasSecret(Throwable failure) {
        if (failure == null) {
            return false;
        }
        String text = failure.toString();
        boolean own = !text(text).equals(text);
        return own
                || hasSecret(failure.getCause())
                || List.of(failure.getSuppressed()).stream().anyMatch(this::hasSecret);
    }

    private final class Shown extends Exception {
        private static final long serialVersionUID = 1L;

        private Shown(Throwable failure) {
            super(text(failure.toString()), failure.getCause() == null ? null : of(failure.getCause()));
            setStackTrace(failure.getStackTrace());
            for (Throwable suppressed : failure.getSuppressed()) {
                addSuppressed(of(suppressed));
            }
        }

        @Override
        public String toString() {
            return getMessage();
        }
    }
}
