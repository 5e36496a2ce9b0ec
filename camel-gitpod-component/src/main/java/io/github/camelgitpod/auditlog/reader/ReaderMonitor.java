package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.auditlog.walk.Walks;
import java.time.Duration;
import java.util.function.LongSupplier;

/** What a reader tells of itself. Written by the thread that polls, read by any. */
final class ReaderMonitor {
    private final LatenessMeter lateness = new LatenessMeter();
    private final Progress progress;
    private long delivered;
    private volatile AuditLogStatus status;

    /** @param requestsSent counts the requests */
    ReaderMonitor(LongSupplier requestsSent) {
        this.progress = new Progress(System::nanoTime, requestsSent);
    }

    Progress progress() {
        return progress;
    }

    /** As of the last {@link #publish}. */
    AuditLogStatus status() {
        return status;
    }

    /** An entry was confirmed. */
    void delivered() {
        delivered++;
    }

    /** Of these, one that became visible after a newer one had been delivered. */
    void late(Duration late) {
        lateness.late(late);
    }

    /** Of these, one that only a sweep could find. */
    void lateBeyondLookback(Duration late) {
        lateness.lateBeyondLookback(late);
    }

    /** @param cursor null: not begun */
    void publish(AuditLogCursor cursor, Walks.Kind server) {
        status = new AuditLogStatus(
                cursor == null ? null : cursor.watermark(),
                cursor == null ? null : cursor.newest(),
                cursor == null ? 0 : cursor.rememberedIds(),
                delivered,
                lateness.count(),
                lateness.beyondLookback(),
                lateness.histogram(),
                server.name());
    }
}
