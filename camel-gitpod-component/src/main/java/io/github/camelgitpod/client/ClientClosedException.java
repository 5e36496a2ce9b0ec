package io.github.camelgitpod.client;

import java.io.IOException;

/** The call ended because its client was closed: a stop, not an error. */
public final class ClientClosedException extends IOException {
    private static final long serialVersionUID = 1L;

    public ClientClosedException() {
        super("The client was closed");
    }
}
