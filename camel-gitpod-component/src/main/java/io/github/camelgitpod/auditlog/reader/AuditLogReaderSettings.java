package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.client.AuditLogFilter;
import java.time.Duration;
import java.time.Instant;

/**
 * What to read and how.
 *
 * @param filter         which entries
 * @param start          where to begin without a stored cursor
 * @param to             where to end, exclusive; null: never
 * @param lookback       entries that become visible this late are still delivered
 * @param commitEvery    save the cursor after so many confirmed entries
 * @param pageSize       entries per request
 * @param onFilterChange what to do about a cursor of another filter
 * @param sweepInterval  how often to look for what came later than the lookback; null: never
 * @param sweepRange     how far back to look then
 * @param concurrentRequests how many may be under way while much is left to read; 1: one page ahead, no more
 * @param maxEntries     a poll delivers so many at most, by the delivery's decision, and so reads no more ahead; 0: no limit
 */
public record AuditLogReaderSettings(
        AuditLogFilter filter,
        StartPosition start,
        Instant to,
        Duration lookback,
        int commitEvery,
        int pageSize,
        FilterChange.Policy onFilterChange,
        Duration sweepInterval,
        Duration sweepRange,
        int concurrentRequests,
        int maxEntries) {

    boolean sweeps() {
        return sweepInterval != null;
    }
}
