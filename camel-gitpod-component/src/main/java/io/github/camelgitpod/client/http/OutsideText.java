package io.github.camelgitpod.client.http;

import io.github.camelgitpod.model.ShownText;
import java.io.IOException;
import java.util.regex.Pattern;

/** Text of the server's, before it gets into a message: without the access token, should it repeat that, and as {@link ShownText}. */
final class OutsideText {
    private static final String MASK = "xxxxxx";

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
        return ShownText.of(BYTES.matcher(secret.matcher(text).replaceAll(MASK)).replaceAll(MASK));
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
