package io.github.camelgitpod.client.http;

import java.io.IOException;

/**
 * Text that others sent, before it gets into a message: without the access token, should they repeat it, without control
 * characters, which could forge lines of a log, and not too long.
 */
final class OutsideText {
    private static final String MASK = "xxxxxx";
    private static final int LONGEST = 1000;

    private final String secret;

    /** @param secret the access token that was sent */
    OutsideText(String secret) {
        this.secret = secret;
    }

    /** The text as it may be shown; null for null. */
    String shown(String text) {
        if (text == null) {
            return null;
        }
        String masked = text.replace(secret, MASK);
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
