package io.github.camelgitpod.client.http;

import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Text that others sent, before it gets into a message: without the access token, should they repeat it, without control
 * characters, which could forge lines of a log, and not too long.
 */
final class OutsideText {
    private static final String MASK = "xxxxxx";
    private static final int LONGEST = 1000;

    /** The bytes of a line that does not end, as Okio shows them. */
    private static final Pattern BYTES = Pattern.compile("(?<=content=)[0-9a-f]+");

    private final Pattern secret;

    /** @param secret the access token that was sent */
    OutsideText(String secret) {
        // A media type is shown in lower case.
        this.secret = Pattern.compile(Pattern.quote(secret), Pattern.CASE_INSENSITIVE);
    }

    /** The text as it may be shown; null for null. */
    String shown(String text) {
        if (text == null) {
            return null;
        }
        String masked = BYTES.matcher(secret.matcher(text).replaceAll(MASK)).replaceAll(MASK);
        StringBuilder shown = new StringBuilder();
        masked.chars().limit(LONGEST).forEach(c -> {
            if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
                shown.append("\\u%04x".formatted(c));
            } else {
                shown.append((char) c);
            }
        });
        return masked.length() > LONGEST ? shown + "..." : shown.toString();
    }

    /** The failure itself, unless it repeats something that must not be shown: then one of the same words, without it. */
    IOException shown(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null && !message.equals(shown(message))) {
                IOException clean = new IOException(shown(failure.getMessage()));
                clean.setStackTrace(failure.getStackTrace());
                return clean;
            }
        }
        return failure;
    }
}
