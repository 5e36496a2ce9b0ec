package io.github.camelgitpod.examples.forwarder;

/** Settings are wrong; the message says which, and what is allowed. */
final class SettingsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    SettingsException(String message) {
        super(message);
    }
}
