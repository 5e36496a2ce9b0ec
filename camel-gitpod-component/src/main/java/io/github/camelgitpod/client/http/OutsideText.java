package io.github.camelgitpod.client.http;

import io.github.camelgitpod.model.ShownText;
import java.io.IOException;

/** Text of the server's, before it gets into a message: without the access token, should it repeat that, and as {@link ShownText}. */
final class OutsideText {
    private static final String MASK = "xxxxxx";

    private final String secret;

    /** @param secret the access token that was sent */
    OutsideText(String secret) {
        this.secret = secret;
    }

    /** The text as it may be shown; null for null. */
    String shown(String text) {
        return text == null ? null : ShownText.of(text.replace(secret, MASK));
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
