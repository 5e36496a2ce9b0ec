package io.github.camelgitpod.state;

/**
 * A state belongs to another consumer now: nothing was saved over it. A repository may throw it from a save, or from a read
 * while another process has the state for itself; whoever gets it stands by, and reads the state anew when it goes on.
 */
public final class OvertakenException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** @param message says which state, and where */
    public OvertakenException(String message) {
        super(message);
    }
}
