package io.github.camelgitpod.auditlog.reader;

/** A stored cursor with which nothing is read, since entries would be passed over. The message says why, and what to do. */
public class RefusedCursorException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    RefusedCursorException(String message) {
        super(message);
    }
}
