package io.github.camelgitpod.client;

import java.io.IOException;

/**
 * A listing that was not read to its end: many requests brought nothing new, or more than can be held. To ask again at once
 * would go the same way.
 */
public final class ListingGivenUpException extends IOException {
    private static final long serialVersionUID = 1L;

    public ListingGivenUpException(String message) {
        super(message);
    }
}
