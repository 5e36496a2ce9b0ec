package io.github.camelgitpod.auditlog.walk;

import io.github.camelgitpod.client.AuditLogPage;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.client.http.PartialServer;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * A modern server with a year's log, of which it stores only the times: entries are made when they are listed. Safe for
 * several threads.
 */
class TimelineServer implements PartialServer {
    static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");
    static final Instant NOW = FIRST.plus(366, ChronoUnit.DAYS);
    private static final long YEAR = 365L * 86_400_000_000L;

    private static final String FIELDS = "\",\"actorId\":\"0f2e6c1a-58c4-4b5e-9d0a-3a1d3a3f9b10\","
            + "\"actorPrincipal\":\"PRINCIPAL_USER\",\"subjectId\":\"7a1d2a90-2f3c-4c43-8a77-5d2f1f6a0c11\","
            + "\"subjectType\":\"RESOURCE_TYPE_ENVIRONMENT\",\"action\":\"Environment started by its owner, after it"
            + " was stopped for want of use, on a runner of the organization\",\"kind\":"
            + "\"AUDIT_LOG_ENTRY_KIND_RESOURCE_CHANGE\",\"createdAt\":\"";

    private final long[] micros;
    private long requests;
    private boolean asText;

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

    /** Makes the entries as large as real ones: from now on they have all fields, and each its own text. */
    TimelineServer inFull() {
        asText = true;
        return this;
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
        String nextToken = next < end ? Integer.toString(next - first) : null;
        return asText ? written(begin, next, nextToken) : listed(begin, next, nextToken);
    }

    private AuditLogPage listed(int begin, int end, String nextToken) {
        List<AuditLogEntry> page = new ArrayList<>(end - begin);
        for (int i = begin; i < end; i++) {
            Instant at = FIRST.plus(micros[i], ChronoUnit.MICROS);
            page.add(EntryMaker.bare(Integer.toString(i), at));
        }
        return new AuditLogPage(page, nextToken);
    }

    /** Parsed from as many bytes as a server would send. */
    private AuditLogPage written(int begin, int end, String nextToken) {
        StringBuilder text = new StringBuilder("{\"entries\":[");
        for (int i = begin; i < end; i++) {
            text.append(i == begin ? "{\"id\":\"" : ",{\"id\":\"")
                    .append(i)
                    .append(FIELDS)
                    .append(FIRST.plus(micros[i], ChronoUnit.MICROS))
                    .append("\"}");
        }
        text.append("],\"pagination\":{\"nextToken\":\"")
                .append(nextToken == null ? "" : nextToken)
                .append("\"}}");
        try {
            return readAuditLogs(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
}
