package io.github.camelgitpod.examples.forwarder;

/** Settings are wrong; the message says which, and what is allowed. */
final class SettingsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    SettingsException(String message) {
        super(message);
    }

    /** What Camel wraps in what could not be started. */
    static Exception ofStart(Exception failure) {
        Throwable reason = reason(failure);
        return reason instanceof IllegalArgumentException
                ? new SettingsException(inOwnWords(reason.getMessage()))
                : failure;
    }

    /** What the component says of its options, said of the settings. */
    static String inOwnWords(String message) {
        return message.replaceAll("\\bOption (?=\\w+=)", "Setting ")
                .replaceAll("\\boption(?= (accessToken|baseUrl)\\b)", "setting")
                .replaceAll("(?<!\\.)\\b(accessToken|baseUrl)\\b", "gitpod.$1")
                .replaceAll("\\banother stateKey\\b", "another name or stateDirectory");
    }

    static Throwable reason(Throwable failure) {
        return failure.getCause() == null ? failure : reason(failure.getCause());
    }
}
