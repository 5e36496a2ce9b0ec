package io.github.camelgitpod.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class MonthRecipesTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-04-01T00:00:00Z");

    @RegisterExtension
    final GitpodSimulatorExtension extension = new GitpodSimulatorExtension();

    @TempDir
    Path directory;

    private String month;

    /** More than a default limit, and than two pages; with text that is not easy to write. */
    @BeforeEach
    void aMonthAndItsNeighbours() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            entries.add(Entry.at(START.plusSeconds(3_600L * i)));
        }
        entries.add(Entry.at(END.minusNanos(1))
                .withAction("\"no\": - a\\b\n\t2026-03-01 \u0000 \u2028 🔑")
                .withExtra("\"newer\":{\"a.b\":[1.10,12345678901234567890,true,null,\"\"]}"));
        month = entries.stream().map(Entry::json).collect(Collectors.joining(",", "[", "]"));
        entries.add(Entry.at(START.minusNanos(1)));
        entries.add(Entry.at(END));
        extension.simulator().auditLog().addAll(entries);
    }

    @Test
    void asOneJsonArrayInTheServersWords() throws Exception {
        assertThat(Files.readString(written("month-json", "2026-03-01.json"))).isEqualTo(month);
    }

    @Test
    void asOneYamlSequenceThatSaysTheSame() throws Exception {
        Path file = written("month-yaml", "2026-03-01.yaml");

        JsonNode said = new YAMLMapper().readTree(file.toFile());
        assertThat(said).hasSize(251).isEqualTo(new JsonMapper().readTree(month));
        assertThat(Files.readString(file)).contains("12345678901234567890").contains("1.10");
    }

    @Test
    void aListThatBrokeOffIsNoFile() throws Exception {
        extension.simulator().trouble().on("ListAuditLogs").after(1).respond(400, "invalid_argument", "no more");
        try (Recipe recipe = start("month-json")) {
            await().atMost(ONE_MINUTE)
                    .until(() -> extension.simulator().requests().count("ListAuditLogs") >= 2);
        }
        assertThat(directory.resolve("months/2026-03-01.json")).doesNotExist();
    }

    private Path written(String name, String file) throws Exception {
        Path path = directory.resolve("months").resolve(file);
        try (Recipe recipe = start(name)) {
            await().atMost(ONE_MINUTE).until(() -> Files.exists(path));
        }
        return path;
    }

    private Recipe start(String name) throws Exception {
        return new Recipe(name, extension.simulator(), directory, "month-from", "2026-03-01", "month-to", "2026-04-01");
    }
}
