package io.github.camelgitpod.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ExportRecipeTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");
    private static final String MONDAY = "audit-log-2026-03-02.jsonl";

    @RegisterExtension
    final GitpodSimulatorExtension extension = new GitpodSimulatorExtension();

    @TempDir
    Path directory;

    @Test
    void aFileForEachDayOfWhichTheFinishedOnesGoToTheStorageAlsoInParts() throws Exception {
        Entry sunday = add(MIDNIGHT.minusNanos(1_000));
        Entry monday = add(MIDNIGHT);
        try (Recipe recipe = start()) {
            assertThat(recipe.readToTheEnd().files("days"))
                    .isEqualTo(Map.of("audit-log-2026-03-01.jsonl", lines(sunday), MONDAY, lines(monday)));
        }
        lastWritten(MONDAY, "2026-03-03T12:00:00Z");
        try (Recipe recipe = start()) {
            await().atMost(ONE_MINUTE).untilAsserted(() -> assertThat(recipe.files("days"))
                    .isEqualTo(Map.of("audit-log-2026-03-01.jsonl", lines(sunday))));
        }
        assertThat(Recipe.lines(directory.resolve("storage"))).hasSize(1);

        // Only a reset of the cursor, or a sweep, brings an entry this late.
        Files.writeString(directory.resolve("days").resolve(MONDAY), sunday.json() + "\n");
        lastWritten(MONDAY, "2026-03-05T12:00:00Z");
        try (Recipe recipe = start()) {
            await().atMost(ONE_MINUTE).untilAsserted(() -> assertThat(recipe.files("storage"))
                    .hasSize(2)
                    .allSatisfy((name, lines) -> assertThat(name).startsWith("audit-log-2026-03-02.2026030"))
                    .containsValue(lines(monday))
                    .containsValue(lines(sunday)));
        }
        assertThat(Recipe.lines(directory.resolve("handed-over")))
                .isEqualTo(Recipe.lines(directory.resolve("storage")));
    }

    private Recipe start() throws Exception {
        return new Recipe(
                "export", extension.simulator(), directory, "storage", "file:" + directory.resolve("storage"));
    }

    private Entry add(Instant createdAt) {
        return extension.simulator().auditLog().add(Entry.at(createdAt));
    }

    private void lastWritten(String file, String when) throws IOException {
        Files.setLastModifiedTime(directory.resolve("days").resolve(file), FileTime.from(Instant.parse(when)));
    }

    private static List<String> lines(Entry entry) {
        return List.of(entry.json());
    }
}
