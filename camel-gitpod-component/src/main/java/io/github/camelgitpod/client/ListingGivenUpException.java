package io.github.camelgitpod.client;

import java.io.IOException;

/**
 * A listing that was not read to its end: it brought nothing new for too long, or more than can be held. To ask again at
 * once would go the same way.
 */
public final class ListingGivenUpException extends IOException {
    private static final long serialVersionUID = 1L;

    public ListingGivenUpException(String message) {
        this(message, null);
    }

    /** @param cause what the server answered at last; null: it is no error of its own */
    public ListingGivenUpException(String message, Throwable cause) {
        super(message, cause);
    }
}
