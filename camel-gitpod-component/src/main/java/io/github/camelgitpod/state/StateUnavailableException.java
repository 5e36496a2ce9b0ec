package io.github.camelgitpod.state;

/**
 * The place of a state does not answer, or refuses: nothing is known of what is stored there. Each repository throws it while
 * that lasts; whoever gets it tries again later, and tells it once.
 */
public final class StateUnavailableException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message says which state, where, and why
     * @param cause   what the database or the brokers said
     */
    public StateUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
