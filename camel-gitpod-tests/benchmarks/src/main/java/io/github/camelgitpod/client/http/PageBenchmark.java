package io.github.camelgitpod.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.client.AuditLogPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reads a page of 100 entries; figures are per entry. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(PageBenchmark.ENTRIES)
public class PageBenchmark {
    static final int ENTRIES = 100;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final byte[] page = IntStream.range(0, ENTRIES)
            .mapToObj(PageBenchmark::entry)
            .collect(Collectors.joining(",", "{\"entries\":[", "],\"pagination\":{\"nextToken\":\"bmV4dA\"}}"))
            .getBytes(StandardCharsets.UTF_8);

    private static String entry(int place) {
        return String.format(
                "{\"id\":\"018d0c5e-7c00-7000-8000-%012x\",\"actorId\":\"5b1a7a2e-2f0c-4b7e-8000-%012x\","
                        + "\"actorPrincipal\":\"PRINCIPAL_USER\",\"subjectId\":\"018d0c5e-7c00-7000-8000-%012x\","
                        + "\"subjectType\":\"RESOURCE_TYPE_ENVIRONMENT\",\"action\":\"changed spec\","
                        + "\"createdAt\":\"2026-02-18T10:00:00.%06dZ\",\"kind\":\"AUDIT_LOG_ENTRY_KIND_RESOURCE_CHANGE\"}",
                place, place % 7, place, place);
    }

    /** As the component does: each entry with its fields, its time and its text. */
    @Benchmark
    public AuditLogPage component() throws IOException {
        return AuditLogPageParser.parse(page);
    }

    /** For comparison: Jackson's tree, in which an entry's text would have to be written anew. */
    @Benchmark
    public JsonNode jacksonTree() throws IOException {
        return MAPPER.readTree(page);
    }
}
