package io.github.camelgitpod.client.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Splits bytes into lines and reads them as events; figures are per line. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(EventLineBenchmark.LINES)
public class EventLineBenchmark {
    static final int LINES = 1_000;

    private static final int MAX_LINE_BYTES = 1024 * 1024;
    private static final String LINE = "{\"operation\":\"RESOURCE_OPERATION_UPDATE_STATUS\",\"resourceType\":"
            + "\"RESOURCE_TYPE_ENVIRONMENT\",\"resourceId\":\"018d0c5e-7c00-7000-8000-000000000001\"}\n";

    private final byte[] lines = LINE.repeat(LINES).getBytes(StandardCharsets.UTF_8);
    private final Instant receivedAt = Instant.parse("2026-02-18T10:00:00Z");

    /** Bytes to lines. */
    @Benchmark
    public void split(Blackhole blackhole) throws IOException {
        JsonLines source = new JsonLines(new ByteArrayInputStream(lines), MAX_LINE_BYTES);
        for (JsonLines.Line line = source.next(); line != null; line = source.next()) {
            blackhole.consume(line);
        }
    }

    /** Bytes to events. */
    @Benchmark
    public void decode(Blackhole blackhole) throws IOException {
        JsonLines source = new JsonLines(new ByteArrayInputStream(lines), MAX_LINE_BYTES);
        for (JsonLines.Line line = source.next(); line != null; line = source.next()) {
            blackhole.consume(EventLineParser.parse(line.bytes(), receivedAt, "secret"));
        }
    }
}
