package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.auditlog.walk.Granule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Which times a poll reads (delivery.md 2): most polls the tail, and twice in each lookback everything from the watermark on,
 * which alone moves the watermark.
 */
final class ReadSchedule {
    /** How far a read of the tail goes back behind the newest entry delivered. */
    private static final Duration TAIL = Duration.ofSeconds(5);

    private final AuditLogReaderSettings settings;
    private Instant lastFullRead;

    ReadSchedule(AuditLogReaderSettings settings) {
        this.settings = settings;
    }

    /** From (inclusive) to (exclusive). */
    record Range(Instant from, Instant to) {}

    boolean isFullReadDue(Instant now, Instant settled) {
        boolean ending = settings.to() != null && !settings.to().isAfter(settled);
        return lastFullRead == null
                || ending
                || Duration.between(lastFullRead, now)
                                .compareTo(settings.lookback().dividedBy(2))
                        >= 0;
    }

    /** To be called when a full read, begun at that time, came to its end. */
    void fullyRead(Instant now) {
        lastFullRead = now;
    }

    /** The next read is a full one. */
    void reset() {
        lastFullRead = null;
    }

    /** From a little before the newest entry delivered on. */
    Range tail(AuditLogCursor cursor, Instant now) {
        Instant newest = cursor.newest();
        boolean behind = newest == null || !newest.minus(TAIL).isAfter(cursor.watermark());
        return new Range(behind ? cursor.watermark() : Granule.floor(newest.minus(TAIL)), end(now));
    }

    Range everything(AuditLogCursor cursor, Instant now) {
        return new Range(cursor.watermark(), end(now));
    }

    /**
     * Everything but the middle, where that saves requests. To move the watermark, what is settled must be read; from the tail
     * on, there is something new. Between them only late entries can be missing: they are looked for in the last two thirds
     * of a lookback, and where the middle is settled, some polls later.
     */
    List<Range> withoutTheMiddle(AuditLogCursor cursor, Instant now, Instant settled) {
        Range everything = everything(cursor, now);
        Instant tail = tail(cursor, now).from();
        Instant recent =
                Granule.floor(now.minus(settings.lookback().multipliedBy(2).dividedBy(3)));
        Range middle = new Range(Granule.floor(settled), recent.isBefore(tail) ? recent : tail);
        return cursor.rememberedIds(middle) <= settings.pageSize()
                ? List.of(everything)
                : List.of(new Range(everything.from(), middle.from()), new Range(middle.to(), everything.to()));
    }

    /** Fixed for the whole poll, so that new entries cannot move it. */
    private Instant end(Instant now) {
        Instant end = Granule.ceil(now);
        return settings.to() != null && settings.to().isBefore(end) ? settings.to() : end;
    }
}
