package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.model.FilterChangePolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * What to read and how.
 *
 * @param address            the API's base URL, which belongs to the cursor
 * @param filter             which entries
 * @param start              where to begin without a stored cursor
 * @param to                 where to end, exclusive; null: never
 * @param lookback           entries that become visible so late are still delivered
 * @param commitEvery        save the cursor after so many confirmed entries
 * @param pageSize           entries per request
 * @param onFilterChange     what to do with a cursor of another filter, address or organization
 * @param sweepInterval      how often to look for entries later than the lookback; null: never
 * @param sweepRange         how far back to look for them
 * @param concurrentRequests how many requests may be under way at once; 1: one page is read ahead, one request at a time
 * @param maxEntries         reads ahead no more than so many entries, the most that the delivery takes in a poll; 0: no limit
 * @param shared             whether other machines may go on with the cursor: it is saved now and then though nothing has changed
 * @param spillDirectory     where pages of an older server may wait; null: where temporary files are
 */
public record AuditLogReaderSettings(
        String address,
        AuditLogFilter filter,
        StartPosition start,
        Instant to,
        Duration lookback,
        int commitEvery,
        int pageSize,
        FilterChangePolicy onFilterChange,
        Duration sweepInterval,
        Duration sweepRange,
        int concurrentRequests,
        int maxEntries,
        boolean shared,
        Path spillDirectory) {

    /** Whether there are sweeps. */
    boolean sweeps() {
        return sweepInterval != null;
    }
}
