package io.github.camelgitpod.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    private static final int HISTORY = 3_000;
    private static final double LIVE_RATE = 20;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path data;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void theFileHoldsExactlyTheServersEntriesAlsoAfterASecondRun() throws Exception {
        DemoResult first = run();
        List<String> afterFirst = lines();

        assertThat(afterFirst).hasSize(first.serverEntries()).hasSizeGreaterThanOrEqualTo(HISTORY);
        assertThat(afterFirst).isEqualTo(textsOfTheServer(afterFirst.size()));
        assertThat(first.check()).isEqualTo(new AuditLogFile.Check(afterFirst.size(), 0, 0, 0));

        DemoResult second = run();
        List<String> afterSecond = lines();

        assertThat(afterSecond).hasSize(second.serverEntries()).hasSizeGreaterThan(afterFirst.size());
        assertThat(second.flow().entries()).isEqualTo(afterSecond.size() - afterFirst.size());
        assertThat(afterSecond).isEqualTo(textsOfTheServer(afterSecond.size()));
        assertThat(second.check()).isEqualTo(new AuditLogFile.Check(afterSecond.size(), 0, 0, 0));
        assertThat(createdAt(afterSecond)).isSorted();
        assertThat(new HashSet<>(ids(afterSecond))).hasSameSizeAs(afterSecond);
    }

    @Test
    void aRunThatIsStoppedTellsHowFarItCame() throws Exception {
        Demo demo = new Demo(settings(Duration.ZERO), new PrintStream(printed, true, StandardCharsets.UTF_8));
        demo.stop();

        DemoResult stopped = demo.run();
        new Summary(new PrintStream(printed, true, StandardCharsets.UTF_8)).tell(stopped);

        assertThat(stopped.check().lines()).isEqualTo(stopped.flow().entries());
        assertThat(stopped.check().different()).isZero();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("text for text")
                .contains("mvn -q -Ddemo");
    }

    @Test
    void aLineInTheWrongPlaceIsNoticed() throws Exception {
        Instant start = Instant.parse("2026-02-18T10:00:00.000001Z");
        List<String> server = Stream.iterate(start, time -> time.plusNanos(1_000))
                .limit(4)
                .map(time -> Entry.at(time).json())
                .toList();
        Path file = data.resolve("audit-log.jsonl");
        Files.write(file, List.of(server.get(0), server.get(2), server.get(1), server.get(1)));

        assertThat(new AuditLogFile(file).check(server.iterator())).isEqualTo(new AuditLogFile.Check(4, 1, 1, 3));
    }

    private DemoResult run() throws Exception {
        return new Demo(settings(Duration.ofSeconds(1)), new PrintStream(printed, true, StandardCharsets.UTF_8)).run();
    }

    private DemoSettings settings(Duration duration) {
        return new DemoSettings(true, data, duration, Duration.ofMillis(200), HISTORY, LIVE_RATE);
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(data.resolve("audit-log.jsonl"));
    }

    /** A second simulator with the same seed and epoch has the same past, and knows nothing of the demo. */
    private List<String> textsOfTheServer(int count) throws IOException {
        Properties kept = new Properties();
        try (Reader reader = Files.newBufferedReader(data.resolve("organization.properties"))) {
            kept.load(reader);
        }
        try (GitpodSimulator simulator = GitpodSimulator.builder()
                .seed(Long.parseLong(kept.getProperty("seed")))
                .epoch(Instant.parse(kept.getProperty("epoch")))
                .liveRate(LIVE_RATE)
                .start()) {
            return simulator.auditLog().entries().stream()
                    .map(Entry::json)
                    .limit(count)
                    .toList();
        }
    }

    private static List<Instant> createdAt(List<String> lines) throws IOException {
        List<Instant> times = new ArrayList<>();
        for (String line : lines) {
            times.add(Instant.parse(MAPPER.readTree(line).get("createdAt").asText()));
        }
        return times;
    }

    private static List<String> ids(List<String> lines) throws IOException {
        List<String> ids = new ArrayList<>();
        for (String line : lines) {
            ids.add(MAPPER.readTree(line).get("id").asText());
        }
        return ids;
    }
}
