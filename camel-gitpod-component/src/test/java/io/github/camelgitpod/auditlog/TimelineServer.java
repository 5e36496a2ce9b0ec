package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.client.AuditLogEntry;
import io.github.camelgitpod.client.AuditLogPage;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.client.EventConnection;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.Identity;
import io.github.camelgitpod.client.JsonText;
import io.github.camelgitpod.client.ResourceListing;
import io.github.camelgitpod.client.ResourcePage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * A modern server with a year's log, of which it knows only the times: entries are made when they are listed. Safe for
 * several threads.
 */
class TimelineServer implements GitpodClient {
    static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");
    static final Instant NOW = FIRST.plus(366, ChronoUnit.DAYS);
    private static final long YEAR = 365L * 86_400_000_000L;
    private static final JsonText TEXT = JsonText.of("{}");

    private final long[] micros;
    private long requests;

    private TimelineServer(LongStream micros) {
        this.micros = micros.sorted().toArray();
    }

    /** Spread over the year. */
    static TimelineServer uniform(int entries) {
        Random random = new Random(1);
        return new TimelineServer(
                LongStream.generate(() -> random.nextLong(YEAR)).limit(entries));
    }

    /** 70 % of them in 200 bursts of ten minutes. */
    static TimelineServer bursty(int entries) {
        Random random = new Random(1);
        long[] bursts = random.longs(200, 0, YEAR).toArray();
        return new TimelineServer(LongStream.range(0, entries)
                .map(i -> i < entries * 7L / 10
                        ? bursts[(int) (i % bursts.length)] + random.nextLong(600_000_000)
                        : random.nextLong(YEAR)));
    }

    static int number(AuditLogEntry entry) {
        return Integer.parseInt(entry.id());
    }

    int size() {
        return micros.length;
    }

    synchronized long requests() {
        return requests;
    }

    @Override
    public AuditLogPage listAuditLogs(AuditLogQuery query) {
        synchronized (this) {
            requests++;
        }
        int first = indexAt(query.from());
        int end = indexAt(query.to());
        int begin = first + (query.token() == null ? 0 : Integer.parseInt(query.token()));
        int next = Math.min(begin + query.pageSize(), end);
        List<AuditLogEntry> page = new ArrayList<>(query.pageSize());
        for (int i = begin; i < next; i++) {
            Instant at = FIRST.plus(micros[i], ChronoUnit.MICROS);
            page.add(new AuditLogEntry(Integer.toString(i), null, null, null, null, null, at, null, null, TEXT));
        }
        return new AuditLogPage(page, next < end ? Integer.toString(next - first) : null);
    }

    private int indexAt(Instant time) {
        if (time == null) {
            return 0;
        }
        int index = Arrays.binarySearch(micros, FIRST.until(time, ChronoUnit.MICROS));
        if (index < 0) {
            return -index - 1;
        }
        while (index > 0 && micros[index - 1] == micros[index]) {
            index--;
        }
        return index;
    }

    @Override
    public Optional<Instant> serverTime() {
        return Optional.of(NOW);
    }

    @Override
    public ResourcePage listResources(ResourceListing listing, String token) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Identity authenticatedIdentity() {
        return new Identity("organization", "subject", "PRINCIPAL_USER");
    }

    @Override
    public EventConnection watchEvents(EventQuery query, int maxLineBytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
