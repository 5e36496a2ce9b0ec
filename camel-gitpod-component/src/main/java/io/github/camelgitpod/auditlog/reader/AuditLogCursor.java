package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.auditlog.walk.Granule;
import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.client.TimeRange;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.state.CursorState;
import io.github.camelgitpod.state.DeliveredIds;
import io.github.camelgitpod.state.Origin;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Where the delivery stands: a watermark, before which nothing is missing, and the ids of the entries delivered that were
 * created at it or later. No I/O; not safe for several threads.
 */
public final class AuditLogCursor {
    private final DeliveredIds delivered;
    private Instant watermark;
    private Instant newest;
    /** The newest time of which the log is known to have an entry; null: none is. */
    private Instant known;

    private boolean changed;

    private AuditLogCursor(Instant watermark, DeliveredIds delivered) {
        this.watermark = watermark;
        this.delivered = delivered;
        this.newest = delivered.times().stream().max(Instant::compareTo).orElse(null);
        this.known = newest;
    }

    /** A cursor before which nothing is wanted. */
    static AuditLogCursor startingAt(Instant watermark) {
        AuditLogCursor cursor = new AuditLogCursor(Granule.floor(watermark), DeliveredIds.of(Map.of()));
        cursor.changed = true;
        return cursor;
    }

    static AuditLogCursor of(CursorState state) {
        return new AuditLogCursor(state.watermark(), state.delivered());
    }

    /** Whether it differs from what was saved last. */
    boolean hasChanged() {
        return changed;
    }

    /** A save has succeeded. Not to be called before that, so that what could not be saved is saved the next time. */
    void saved() {
        changed = false;
    }

    /** What to save. */
    CursorState toState(AuditLogFilter filter, String server, Origin origin, Coverage coverage) {
        return new CursorState(watermark, delivered, filter, server, origin, coverage.toState(this));
    }

    Instant watermark() {
        return watermark;
    }

    /** When the newest entry delivered was created; null: none was. */
    Instant newest() {
        return newest;
    }

    boolean hasDelivered(AuditLogEntry entry) {
        return delivered.time(entry.key()) != null;
    }

    /**
     * Whether it was delivered. An entry without a time is remembered since it was listed last: when it leaves the listing
     * nobody can tell by itself.
     *
     * @param now when it is listed
     */
    boolean hasDelivered(AuditLogEntry entry, Instant now) {
        Instant known = delivered.time(entry.key());
        if (known != null && entry.createdAt() == null && known.isBefore(now)) {
            delivered.put(entry.key(), now);
            changed = true;
        }
        return known != null;
    }

    /** Whether the entry is older than one that was delivered before. */
    boolean isLate(AuditLogEntry entry) {
        return newest != null && entry.createdAt() != null && entry.createdAt().isBefore(newest);
    }

    /** @param foundAt used for an entry without a time; not before it was created */
    void delivered(AuditLogEntry entry, Instant foundAt) {
        changed = true;
        Instant createdAt = entry.createdAt();
        Instant at = createdAt != null ? createdAt : foundAt;
        delivered.put(entry.key(), at);
        seen(at);
        if (createdAt != null && (newest == null || createdAt.isAfter(newest))) {
            newest = createdAt;
        }
    }

    /**
     * The log has an entry of this time, wanted or not.
     *
     * @param createdAt null: no entry is known
     */
    void seen(Instant createdAt) {
        if (createdAt != null && (known == null || createdAt.isAfter(known))) {
            known = createdAt;
        }
    }

    /**
     * Moves the watermark forward, never back, and forgets the ids of older entries. Whatever the bound, it stops at the
     * newest entry that was seen: beyond it there is nothing to step over, and a bound comes from clocks, which may lie.
     *
     * @param forgotten gets each id that is forgotten, with its time
     */
    void advanceTo(Instant bound, BiConsumer<String, Instant> forgotten) {
        Instant floor = known == null ? watermark : Granule.floor(Clocks.earlier(bound, known));
        if (!floor.isAfter(watermark)) {
            return;
        }
        changed = true;
        watermark = floor;
        delivered.dropBefore(watermark, forgotten);
    }

    int rememberedIds() {
        return delivered.size();
    }

    /** How many of the ids are of entries created at this time or later. */
    long deliveredFrom(Instant time) {
        return delivered.countFrom(time);
    }

    /** How many of the ids are of entries created in the range. */
    long rememberedIds(TimeRange range) {
        return delivered.times().stream().filter(range::contains).count();
    }
}
