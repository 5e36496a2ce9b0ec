package io.github.camelgitpod.auditlog.walk;

import java.io.IOException;

/** The server does not do what it was asked for: it ignores a time bound or the sort order, as older servers do. */
public final class LegacyServerException extends IOException {
    private static final long serialVersionUID = 1L;

    LegacyServerException(String message) {
        super(message);
    }
}
