package io.github.camelgitpod.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

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
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
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

    @Test
    void isToldInTheFirstLineWhenTheTokenIsRefused() throws Exception {
        try (GitpodSimulator simulator = GitpodSimulator.builder().start()) {
            DemoResult result = runReal(simulator.baseUrl(), "wrong");

            assertThat(result.isGood()).isFalse();
            assertThat(told())
                    .startsWith("NOT CONNECTED to " + simulator.baseUrl() + ": ")
                    .containsPattern("was answered with 401")
                    .contains("accessToken", data.resolve("audit-log.jsonl").toString())
                    .doesNotContain("up to date");
        }
    }

    @Test
    void isToldInTheFirstLineWhenTheHostIsUnknown() throws Exception {
        DemoResult result = runReal("https://demo.invalid/api", "any");

        assertThat(result.isGood()).isFalse();
        assertThat(told()).startsWith("NOT CONNECTED to https://demo.invalid/api: the host demo.invalid is unknown");
    }

    @Test
    void addressFileAndEntriesAreShown() throws Exception {
        DemoResult result = run();

        assertThat(result.isGood()).isTrue();
        assertThat(told())
                .startsWith("Connected to a simulated organization, http://127.0.0.1:")
                .contains(data.resolve("audit-log.jsonl").toAbsolutePath() + ", which has 0 lines now");
        assertThat(told())
                .contains("  entry     "
                        + MAPPER.readTree(lines().get(0)).get("createdAt").asText() + " "
                        + MAPPER.readTree(lines().get(0)).get("action").asText() + ", by ")
                .as("people and projects have names")
                .containsPattern("  entry .*, by user \\p{Lu}\\p{L}+ ");
    }

    @Test
    void aConnectionThatIsLostIsToldAlsoInTheEnd() throws Exception {
        try (GitpodSimulator simulator = GitpodSimulator.builder().start()) {
            Demo demo = real(simulator.baseUrl(), simulator.accessToken(), Duration.ZERO);
            CompletableFuture<DemoResult> running = running(demo);
            await().atMost(ONE_MINUTE).until(() -> told().contains("Connected to"));
            simulator.rotateAccessToken("another");
            await().atMost(ONE_MINUTE).until(() -> told().contains("  NOT CONNECTED: "));
            demo.stop();

            assertThat(running.get().isGood()).isFalse();
        }
    }

    @Test
    void aSecondDemoInTheSameFolderIsTold() throws Exception {
        Demo first = new Demo(settings(Duration.ZERO), out());
        CompletableFuture<DemoResult> running = running(first);
        await().atMost(ONE_MINUTE).until(() -> told().contains("Connected to"));

        assertThatThrownBy(this::run)
                .isInstanceOf(DemoException.class)
                .hasMessageContaining("If another demo runs in this folder");
        first.stop();
        assertThat(running.get().check().different()).isZero();
    }

    @Test
    void aFolderThatIsDeletedMeanwhileIsTold() throws Exception {
        Demo demo = new Demo(settings(Duration.ZERO), out());
        CompletableFuture<DemoResult> running = running(demo);
        await().atMost(ONE_MINUTE).until(() -> told().contains("Connected to") && Files.exists(data.resolve("state")));

        try (Stream<Path> all = Files.walk(data)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }

        assertThat(running)
                .failsWithin(Duration.ofMinutes(1))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(DemoException.class)
                .withMessageContaining("was deleted while the demo runs");
    }

    @Test
    void whatIsMissingOfAnEarlierRunIsTold() throws Exception {
        run();
        Files.delete(data.resolve("audit-log.jsonl"));

        DemoResult second = run();

        assertThat(second.isGood()).isFalse();
        assertThat(told()).contains("audit-log.jsonl is missing, but the cursor is there", "To begin anew, delete");
    }

    private DemoResult runReal(String baseUrl, String token) throws Exception {
        return real(baseUrl, token, Duration.ofSeconds(1)).run();
    }

    private Demo real(String baseUrl, String token, Duration duration) {
        Map<String, String> component = Map.of(
                "camel.component.gitpod.base-url", baseUrl,
                "camel.component.gitpod.access-token", token,
                "camel.component.gitpod.max-retries", "0");
        return new Demo(
                new DemoSettings(false, data, duration, Duration.ofMillis(200), HISTORY, LIVE_RATE, component), out());
    }

    private static CompletableFuture<DemoResult> running(Demo demo) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return demo.run();
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    private PrintStream out() {
        return new PrintStream(printed, true, StandardCharsets.UTF_8);
    }

    private String told() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private DemoResult run() throws Exception {
        return new Demo(settings(Duration.ofSeconds(1)), new PrintStream(printed, true, StandardCharsets.UTF_8)).run();
    }

    private DemoSettings settings(Duration duration) {
        return new DemoSettings(true, data, duration, Duration.ofMillis(200), HISTORY, LIVE_RATE, Map.of());
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
