package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.JsonText;
import io.github.camelgitpod.state.CursorState;
import io.github.camelgitpod.state.Origin;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the cursor does for each entry: is it new, is it late, it was delivered; and, each hundredth, on to it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(CursorBenchmark.ENTRIES)
public class CursorBenchmark {
    static final int ENTRIES = 10_000;

    private static final int COMMIT_EVERY = 100;
    private static final Instant BEGINNING = Instant.parse("2026-02-18T10:00:00Z");

    private final List<AuditLogEntry> entries =
            IntStream.range(0, ENTRIES).mapToObj(CursorBenchmark::entry).toList();

    private static AuditLogEntry entry(int place) {
        Instant createdAt = BEGINNING.plusMillis(place);
        String id = String.format("018d0c5e-7c00-7000-8000-%012x", place);
        return new AuditLogEntry(
                id, null, null, null, null, null, createdAt, createdAt.toString(), null, JsonText.of("{}"));
    }

    /** Far behind the present: the watermark follows the deliveries. */
    @Benchmark
    public AuditLogCursor catchingUp() {
        AuditLogCursor cursor = AuditLogCursor.startingAt(BEGINNING);
        int count = 0;
        for (AuditLogEntry entry : entries) {
            if (!cursor.hasDelivered(entry) && !cursor.isLate(entry)) {
                cursor.delivered(entry, BEGINNING);
            }
            if (++count % COMMIT_EVERY == 0) {
                cursor.advanceTo(entry.createdAt(), (id, createdAt) -> {});
            }
        }
        return cursor;
    }

    /** Near the present: the watermark stays and the ids add up. */
    @Benchmark
    public CursorState remembering() {
        AuditLogCursor cursor = AuditLogCursor.startingAt(BEGINNING);
        Coverage coverage = new Coverage();
        coverage.begin(BEGINNING, BEGINNING, "a benchmark", 0);
        for (AuditLogEntry entry : entries) {
            if (!cursor.hasDelivered(entry) && !cursor.isLate(entry)) {
                cursor.delivered(entry, BEGINNING);
            }
        }
        return cursor.toState(AuditLogFilter.ALL, "MODERN", Origin.UNKNOWN, coverage);
    }
}
