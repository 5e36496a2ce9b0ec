package io.github.camelgitpod.auditlog.reader;

import java.time.Instant;

/**
 * How far the delivery is.
 *
 * @param watermark        everything created before it has been delivered; null: not begun
 * @param newest           when the newest entry delivered was created; null: none was
 * @param rememberedIds    how many ids are remembered, of entries created at the watermark or later
 * @param delivered        entries delivered since the start
 * @param late             of these, entries that became visible after newer ones had been delivered
 * @param beyondLookback   of the late ones, those that only a sweep could find
 * @param dropped          entries that were listed again in the read that delivered them, and not delivered again
 * @param latenessByBucket how many were how late, as a text for people
 * @param server           MODERN or LEGACY; null: not begun
 */
public record AuditLogStatus(
        Instant watermark,
        Instant newest,
        int rememberedIds,
        long delivered,
        long late,
        long beyondLookback,
        long dropped,
        String latenessByBucket,
        String server) {

    /** Of a consumer that has not started. */
    public static final AuditLogStatus NONE = new AuditLogStatus(null, null, 0, 0, 0, 0, 0, "", null);
}
