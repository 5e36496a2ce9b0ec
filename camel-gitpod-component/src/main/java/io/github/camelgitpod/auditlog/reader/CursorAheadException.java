package io.github.camelgitpod.auditlog.reader;

import java.time.Instant;

/** A cursor that is ahead of every clock. To go on with it would pass over what is created until then. */
public final class CursorAheadException extends RefusedCursorException {
    private static final long serialVersionUID = 1L;

    CursorAheadException(Instant watermark) {
        super("The stored cursor says that everything before " + watermark
                + " was delivered, which is later than both the"
                + " server's clock and this machine's: one of them was wrong when it was saved, or both are now. Nothing is"
                + " delivered, since all entries until then would be passed over. If the clocks are right, let it begin"
                + " where the last entry came from: with the JMX operation resetCursor, or remove the stored cursor and set"
                + " the option from");
    }
}
