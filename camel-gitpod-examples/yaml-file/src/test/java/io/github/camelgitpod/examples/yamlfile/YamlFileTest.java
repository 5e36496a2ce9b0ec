package io.github.camelgitpod.examples.yamlfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class YamlFileTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(MIDNIGHT);

    @RegisterExtension
    final GitpodSimulatorExtension gitpod =
            new GitpodSimulatorExtension(GitpodSimulator.builder().clock(now::get));

    @TempDir
    Path directory;

    @Test
    void eachDayHasItsFileAlsoAfterARestart() throws Exception {
        add(MIDNIGHT.minusNanos(1_000));
        add(MIDNIGHT);
        add(MIDNIGHT.plusSeconds(3_600));
        try (Running first = new Running("yyyy-MM-dd")) {
            await().atMost(ONE_MINUTE)
                    .untilAsserted(() -> assertThat(files()).isEqualTo(filesOfTheServer("yyyy-MM-dd".length())));
        }
        assertThat(files()).containsOnlyKeys("audit-log-2026-03-01.jsonl", "audit-log-2026-03-02.jsonl");

        add(MIDNIGHT.plusSeconds(7_200));
        add(MIDNIGHT.plusSeconds(86_400));
        try (Running second = new Running("yyyy-MM-dd")) {
            await().atMost(ONE_MINUTE)
                    .untilAsserted(() -> assertThat(files()).isEqualTo(filesOfTheServer("yyyy-MM-dd".length())));
        }
    }

    @Test
    void orEachHour() throws Exception {
        add(MIDNIGHT.minusNanos(1));
        add(MIDNIGHT);
        add(MIDNIGHT.plusSeconds(3_600));

        try (Running hourly = new Running("yyyy-MM-dd'T'HH")) {
            await().atMost(ONE_MINUTE)
                    .untilAsserted(() -> assertThat(files()).isEqualTo(filesOfTheServer("yyyy-MM-ddTHH".length())));
        }
        assertThat(files())
                .containsOnlyKeys(
                        "audit-log-2026-03-01T23.jsonl",
                        "audit-log-2026-03-02T00.jsonl",
                        "audit-log-2026-03-02T01.jsonl");
    }

    /** And it is a second later. */
    private void add(Instant createdAt) {
        now.set(createdAt.plusSeconds(1));
        gitpod.simulator().auditLog().add(Entry.at(createdAt));
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }

    /** By the first so many characters of createdAt. */
    private Map<String, String> filesOfTheServer(int length) {
        List<Entry> entries = gitpod.simulator().auditLog().entries();
        return entries.stream()
                .collect(Collectors.groupingBy(
                        entry -> "audit-log-" + entry.createdAt().substring(0, length) + ".jsonl",
                        TreeMap::new,
                        Collectors.mapping(entry -> entry.json() + "\n", Collectors.joining())));
    }

    private final class Running implements AutoCloseable {
        private final Main main = new Main();

        Running(String pattern) throws Exception {
            GitpodSimulator simulator = gitpod.simulator();
            main.addInitialProperty("camel.component.gitpod.base-url", simulator.baseUrl());
            main.addInitialProperty("camel.component.gitpod.access-token", simulator.accessToken());
            // As on the command line; the rest is as in application.properties.
            main.addOverrideProperty("files.directory", directory.toString());
            main.addOverrideProperty("files.pattern", pattern);
            main.addOverrideProperty("files.delay", "50ms");
            main.start();
        }

        @Override
        public void close() {
            main.stop();
        }
    }
}
