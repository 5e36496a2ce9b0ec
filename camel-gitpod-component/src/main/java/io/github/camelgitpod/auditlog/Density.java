package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.client.AuditLogEntry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** How much time the entries of a page go over. */
final class Density {

    private Density() {}

    /**
     * How long a full page would be, at the density of these entries.
     *
     * @param entries  in order; null or empty: nothing can be told
     * @param position where reading goes on; before the last of them: nothing can be told
     * @return in microseconds; 0: nothing can be told
     */
    static long spanOfPage(List<AuditLogEntry> entries, Instant position, int pageSize) {
        if (entries == null || entries.isEmpty()) {
            return 0;
        }
        Instant first = entries.get(0).createdAt();
        Instant last = entries.get(entries.size() - 1).createdAt();
        if (first == null || position.isBefore(Granule.floor(last))) {
            return 0;
        }
        return ChronoUnit.MICROS.between(first, last) * pageSize / entries.size();
    }
}
