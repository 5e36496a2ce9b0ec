package io.github.camelgitpod.auditlog.walk;

import io.github.camelgitpod.client.AuditLogPage;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.client.http.PartialServer;
import io.github.camelgitpod.model.AuditLogEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A modern server with an endless log that takes no memory, since entries are made when they are listed: a fixed number at
 * each instant, with instants at equal distances. Its page token is a number of entries. The test sets its time.
 */
public final class SteadyServer implements PartialServer {
    public static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    private final long distanceNanos;
    private final int ties;
    public Instant now = FIRST;
    public long requests;

    public SteadyServer(Duration distance, int ties) {
        this.distanceNanos = distance.toNanos();
        this.ties = ties;
    }

    /** How many entries a reader that is up to date has been given. */
    public long listedOnce() {
        return indexAt(now);
    }

    static int number(AuditLogEntry entry) {
        return Integer.parseInt(entry.id());
    }

    @Override
    public AuditLogPage listAuditLogs(AuditLogQuery query) {
        requests++;
        long first = query.from() == null ? 0 : indexAt(query.from());
        long end = indexAt(query.to() == null || query.to().isAfter(now) ? now : query.to());
        long begin = first + (query.token() == null ? 0 : Long.parseLong(query.token()));
        List<AuditLogEntry> page = new ArrayList<>(query.pageSize());
        for (long i = begin; i < end && page.size() < query.pageSize(); i++) {
            Instant at = FIRST.plusNanos(i / ties * distanceNanos);
            page.add(EntryMaker.bare(Long.toString(i), at));
        }
        long next = begin + page.size();
        return new AuditLogPage(page, next < end ? Long.toString(next - first) : null);
    }

    /** The number of entries before a time. */
    private long indexAt(Instant time) {
        if (!time.isAfter(FIRST)) {
            return 0;
        }
        long nanos = Duration.between(FIRST, time).toNanos();
        return (nanos + distanceNanos - 1) / distanceNanos * ties;
    }

    @Override
    public Optional<Instant> serverTime() {
        return Optional.of(now);
    }
}
