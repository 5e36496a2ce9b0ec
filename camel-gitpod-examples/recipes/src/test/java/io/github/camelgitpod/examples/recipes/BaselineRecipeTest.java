package io.github.camelgitpod.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class BaselineRecipeTest {
    @RegisterExtension
    final GitpodSimulatorExtension extension = new GitpodSimulatorExtension();

    @TempDir
    Path directory;

    private final Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);

    @Test
    void anAlertForWhatIsNewAlsoAfterARestart() throws Exception {
        String learnUntil = today.minus(Duration.ofDays(3))
                .atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .toString();
        add("anna", -5, 9);
        add("anna", -4, 10);
        add("anna", -2, 9);
        add("ben", -2, 9);
        Entry night = add("anna", -2, 23);
        add("anna", -1, 10);
        add("anna", -1, 23);
        try (Recipe recipe = start(learnUntil)) {
            assertThat(recipe.readToTheEnd().alerts())
                    .containsExactly(
                            "New at this hour: " + day(-2, 9) + " changed spec by PRINCIPAL_USER ben ",
                            "New at this hour: " + night.createdAt() + " changed spec by PRINCIPAL_USER anna ");
        }
        // A second ago, and so after all that was read; whose hour it is does not matter.
        Entry carl = extension
                .simulator()
                .auditLog()
                .add(Entry.at(Instant.now().minusSeconds(1)).withActor("PRINCIPAL_USER", "carl"));
        try (Recipe recipe = start(learnUntil)) {
            assertThat(recipe.readToTheEnd().alerts())
                    .containsExactly("New at this hour: " + carl.createdAt() + " changed spec by PRINCIPAL_USER carl ");
        }
    }

    @Test
    void anAlertThatFailsComesAgain() throws Exception {
        add("anna", -1, 9);
        try (Recipe recipe = start("2026-01-01", "file:" + directory.resolve("none") + "?autoCreate=false")) {
            await().atMost(ONE_MINUTE)
                    .until(() -> extension.simulator().requests().count("ListAuditLogs") >= 3);
        }
        try (Recipe recipe = start("2026-01-01")) {
            assertThat(recipe.readToTheEnd().alerts()).hasSize(1);
        }
    }

    private Recipe start(String learnUntil) throws Exception {
        return start(learnUntil, "mock:alerts");
    }

    private Recipe start(String learnUntil, String alerts) throws Exception {
        return new Recipe("baseline", extension.simulator(), directory, "learn-until", learnUntil, "alerts", alerts);
    }

    private Entry add(String actor, int day, int hour) {
        return extension.simulator().auditLog().add(Entry.at(day(day, hour)).withActor("PRINCIPAL_USER", actor));
    }

    private Instant day(int day, int hour) {
        return today.plus(Duration.ofDays(day)).plus(Duration.ofHours(hour));
    }
}
