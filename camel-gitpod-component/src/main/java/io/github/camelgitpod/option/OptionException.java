package io.github.camelgitpod.option;

/** An option that is wrong, in the words of {@link OptionErrors}. */
public final class OptionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    OptionException(String message, Throwable cause) {
        super(message, cause);
    }
}
