package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.auditlog.walk.Granule;
import io.github.camelgitpod.client.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Which ranges a poll reads. Most polls read only the tail, the last seconds. Twice in each lookback there is a full read,
 * from the watermark on; only a full read moves the watermark.
 */
final class ReadSchedule {
    /** How far a read of the tail goes back behind the newest entry delivered. */
    private static final Duration TAIL = Duration.ofSeconds(5);

    private final AuditLogReaderSettings settings;
    private final Interval betweenFullReads;
    private final Ripening ripening;
    /** What is ripe now, and what was when the last full read began; null: nothing is known to be. */
    private Instant ripe;

    private Instant ripeThen;

    ReadSchedule(AuditLogReaderSettings settings) {
        this.settings = settings;
        this.betweenFullReads = new Interval(settings.lookback().dividedBy(2));
        this.ripening = new Ripening(settings.lookback());
    }

    /** A poll begins. */
    void begin(AuditLogCursor cursor, Clocks clocks) {
        ripe = ripening.at(clocks.machine(), cursor.newest());
    }

    boolean isFullReadDue(Clocks clocks) {
        boolean ending = settings.to() != null && !settings.to().isAfter(clocks.settled());
        return ending || betweenFullReads.isOver(clocks.machine());
    }

    /** The full read of the poll that began at that time is complete. */
    void fullyRead(Clocks clocks) {
        betweenFullReads.begin(clocks.machine());
        ripeThen = ripe;
    }

    /** Makes the next read a full one. */
    void reset() {
        betweenFullReads.end();
        ripening.reset();
        ripeThen = null;
    }

    /** Starts a little before the newest entry delivered. */
    TimeRange tail(AuditLogCursor cursor, Clocks clocks) {
        Instant from = cursor.newest() == null
                ? cursor.watermark()
                : Clocks.earlier(cursor.newest(), clocks.latest()).minus(TAIL);
        return new TimeRange(Clocks.later(cursor.watermark(), Granule.floor(from)), end(clocks));
    }

    /** Starts at the watermark. */
    TimeRange everything(AuditLogCursor cursor, Clocks clocks) {
        return new TimeRange(cursor.watermark(), end(clocks));
    }

    /**
     * Everything, or everything but the middle where that saves requests. What is settled must be read to move the watermark.
     * The tail must be read for new entries. Between them only late entries can be missing. In the last two thirds of the
     * lookback they are looked for now. The middle, which is older, is read by a later poll, when it is settled.
     *
     * <p>If one clock is behind, what it takes for settled is long past. What has become ripe since the last full read is read
     * then too, so that late entries need not wait for that clock; what was ripe before is passed over like the middle.
     */
    List<TimeRange> withoutTheMiddle(AuditLogCursor cursor, Clocks clocks, Instant present) {
        Instant tail = tail(cursor, clocks).from();
        Instant settled = clocks.settled();
        Instant recent = present.minus(settings.lookback().multipliedBy(2).dividedBy(3));
        Instant settledOrRipe = ripe == null ? settled : Clocks.later(settled, ripe);
        List<TimeRange> ranges = new ArrayList<>();
        Instant from = cursor.watermark();
        for (TimeRange known : List.of(
                new TimeRange(settled, ripeThen == null ? settled : ripeThen), new TimeRange(settledOrRipe, recent))) {
            Instant begin = Clocks.later(from, Granule.floor(known.from()));
            Instant end = Clocks.earlier(Granule.floor(known.to()), tail);
            if (cursor.rememberedIds(new TimeRange(begin, end)) > settings.pageSize()) {
                ranges.add(new TimeRange(from, begin));
                from = end;
            }
        }
        ranges.add(new TimeRange(from, end(clocks)));
        return ranges;
    }

    /** The same for the whole poll, so that new entries cannot move it. */
    private Instant end(Clocks clocks) {
        Instant end = Granule.ceil(clocks.latest());
        return settings.to() == null ? end : Clocks.earlier(end, settings.to());
    }
}
