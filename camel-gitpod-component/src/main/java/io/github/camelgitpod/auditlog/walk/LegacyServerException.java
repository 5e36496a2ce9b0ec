package io.github.camelgitpod.auditlog.walk;

import java.io.IOException;

/** The server ignores a time bound or the sort order, as older servers do. */
public final class LegacyServerException extends IOException {
    private static final long serialVersionUID = 1L;

    LegacyServerException(String message) {
        super(message);
    }
}
