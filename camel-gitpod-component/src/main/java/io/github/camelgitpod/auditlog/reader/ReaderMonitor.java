package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.auditlog.walk.Walks;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** What a reader tells of itself. Written by the thread that polls, read by any. */
final class ReaderMonitor {
    private final LatenessMeter lateness = new LatenessMeter();
    private final Progress progress;
    private final ClockWatch clocks = new ClockWatch();
    private long delivered;
    private long dropped;
    /** How far the last full read went; null: there was none since the beginning. */
    private Instant fullyRead;

    private volatile AuditLogStatus status;

    /** @param requestsSent counts the requests */
    ReaderMonitor(LongSupplier requestsSent) {
        this.progress = new Progress(System::nanoTime, requestsSent);
    }

    Progress progress() {
        return progress;
    }

    ClockWatch clocks() {
        return clocks;
    }

    /** As of the last {@link #publish}. */
    AuditLogStatus status() {
        return status;
    }

    /** An entry was confirmed. */
    void delivered() {
        delivered++;
    }

    /** Entries were read again, and not delivered again. */
    void dropped(int entries) {
        dropped += entries;
    }

    /** Who hears of each late entry how late it was. */
    void onLate(Consumer<Duration> listener) {
        lateness.onLate(listener);
    }

    /** Of these, one that became visible after a newer one had been delivered. */
    void late(Duration late) {
        lateness.late(late);
    }

    /** Of these, one that only a sweep could find. */
    void lateBeyondLookback(Duration late) {
        lateness.lateBeyondLookback(late);
    }

    /**
     * A full read has delivered everything that was created before this time. The cursor's own watermark stays at the newest
     * entry, so that where nothing happens it would look as if nothing was read.
     *
     * @param settled null: the delivery begins anew
     */
    void fullyRead(Instant settled) {
        fullyRead = settled;
    }

    /** @param cursor null: not begun */
    void publish(AuditLogCursor cursor, Walks.Kind server) {
        status = new AuditLogStatus(
                cursor == null ? null : shown(cursor.watermark()),
                cursor == null ? null : cursor.newest(),
                cursor == null ? 0 : cursor.rememberedIds(),
                delivered,
                lateness.count(),
                lateness.beyondLookback(),
                dropped,
                lateness.histogram(),
                server.name());
    }

    private Instant shown(Instant watermark) {
        return fullyRead == null ? watermark : Clocks.later(fullyRead, watermark);
    }
}
