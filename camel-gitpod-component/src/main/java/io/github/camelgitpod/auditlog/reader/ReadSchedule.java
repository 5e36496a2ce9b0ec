package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.auditlog.walk.Granule;
import io.github.camelgitpod.client.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Which ranges a poll reads. Most polls read only the tail, the last seconds. Twice in each lookback there is a full read,
 * from the watermark on; only a full read moves the watermark.
 */
final class ReadSchedule {
    /** How far a read of the tail goes back behind the newest entry delivered. */
    private static final Duration TAIL = Duration.ofSeconds(5);

    private final AuditLogReaderSettings settings;
    private Instant lastFullRead;

    ReadSchedule(AuditLogReaderSettings settings) {
        this.settings = settings;
    }

    boolean isFullReadDue(Instant now, Instant settled) {
        boolean ending = settings.to() != null && !settings.to().isAfter(settled);
        return lastFullRead == null
                || ending
                || Duration.between(lastFullRead, now)
                                .compareTo(settings.lookback().dividedBy(2))
                        >= 0;
    }

    /** A full read that started at that time is complete. */
    void fullyRead(Instant now) {
        lastFullRead = now;
    }

    /** Makes the next read a full one. */
    void reset() {
        lastFullRead = null;
    }

    /** Starts a little before the newest entry delivered. */
    TimeRange tail(AuditLogCursor cursor, Instant now) {
        Instant newest = cursor.newest();
        boolean behind = newest == null || !newest.minus(TAIL).isAfter(cursor.watermark());
        return new TimeRange(behind ? cursor.watermark() : Granule.floor(newest.minus(TAIL)), end(now));
    }

    /** Starts at the watermark. */
    TimeRange everything(AuditLogCursor cursor, Instant now) {
        return new TimeRange(cursor.watermark(), end(now));
    }

    /**
     * Everything, or everything but the middle where that saves requests. What is settled must be read to move the watermark.
     * The tail must be read for new entries. Between them only late entries can be missing. In the last two thirds of the
     * lookback they are looked for now. The middle, which is older, is read by a later poll, when it is settled.
     *
     * @param settled entries created before it, and visible within the lookback, are visible now
     */
    List<TimeRange> withoutTheMiddle(AuditLogCursor cursor, Instant now, Instant settled) {
        TimeRange everything = everything(cursor, now);
        Instant tail = tail(cursor, now).from();
        Instant recent =
                Granule.floor(now.minus(settings.lookback().multipliedBy(2).dividedBy(3)));
        TimeRange middle = new TimeRange(Granule.floor(settled), recent.isBefore(tail) ? recent : tail);
        return cursor.rememberedIds(middle) <= settings.pageSize()
                ? List.of(everything)
                : List.of(new TimeRange(everything.from(), middle.from()), new TimeRange(middle.to(), everything.to()));
    }

    /** The same for the whole poll, so that new entries cannot move it. */
    private Instant end(Instant now) {
        Instant end = Granule.ceil(now);
        return settings.to() != null && settings.to().isBefore(end) ? settings.to() : end;
    }
}
