package io.github.camelgitpod.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.camelgitpod.operations.AlertRules.Alert;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The alert rules ask for figures that there are, fire and clear as their unit tests say, and stand on the page operate.adoc; with
 * {@code -DupdateDocs} the page is made to have them. {@code promtool} is part of Debian's package prometheus.
 */
@Timeout(60)
class AlertsTest {
    private static final Path PAGE = Path.of("../../src-docs/modules/ROOT/pages/operate.adoc");
    private static final String START = "// alerts, generated: START\n";
    private static final String END = "// alerts, generated: END\n";
    private static final String COMMAND = "mvn -q test -pl camel-gitpod-tests/operations -am -Dtest=AlertsTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -DupdateDocs";
    private static final Path UNIT_TESTS = Path.of("src/test/resources/gitpod-alerts-test.yaml");

    private final List<Alert> alerts = new AlertRules().all();

    @TempDir
    Path directory;

    @Test
    void eachQueryNamesWhatThereIs() {
        assertThat(alerts).hasSizeGreaterThan(15);
        alerts.forEach(alert -> QueryCheck.assertNamesWhatThereIs(alert.expression(), there()));
    }

    @Test
    void theSeriesOfTheUnitTestsAreThoseOfOurMeters() {
        AlertRules.read(UNIT_TESTS).findValuesAsText("series").forEach(series -> {
            QueryCheck.assertNamesWhatThereIs(series, there());
            Query.parse(series).metrics().forEach((metric, labels) -> {
                Set<String> all = new TreeSet<>(there().get(metric));
                all.addAll(Set.of("job", "instance"));
                assertThat(labels).as(series).isEqualTo(all);
            });
        });
    }

    @Test
    void eachAlertHasAUnitTestInWhichItFiresAndClears() {
        Map<String, List<Boolean>> fires = AlertRules.read(UNIT_TESTS).findValues("alert_rule_test").stream()
                .flatMap(tests -> tests.findParents("alertname").stream())
                .collect(Collectors.groupingBy(
                        test -> test.path("alertname").asText(),
                        Collectors.mapping(test -> !test.path("exp_alerts").isEmpty(), Collectors.toList())));

        assertThat(fires.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        alerts.stream().map(Alert::name).toList());
        assertThat(fires.values()).allMatch(results -> results.contains(true) && results.contains(false));
    }

    @Test
    void promtoolAcceptsTheRulesAndSeesEachFireAndClear() throws Exception {
        assertPromtool(AlertRules.FILE.toAbsolutePath().getParent(), "check", "rules", "gitpod-alerts.yaml");

        new AlertRules().writeWithSummaries(directory.resolve("gitpod-alerts.yaml"));
        Files.copy(UNIT_TESTS, directory.resolve("gitpod-alerts-test.yaml"));
        assertPromtool(directory, "test", "rules", "gitpod-alerts-test.yaml");
    }

    @Test
    void thePageSaysOfEachAlertWhatItMeansAndWhatToDo() throws IOException {
        assertThat(alerts).allSatisfy(alert -> assertThat(alert.annotation("runbook_url"))
                .isEqualTo("operate.html#" + alert.name()));
        String page = Files.readString(PAGE);
        String updated =
                page.substring(0, page.indexOf(START) + START.length()) + table() + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("updateDocs")) {
            Files.writeString(PAGE, updated);
            return;
        }
        assertThat(page)
                .as("The table is out of date; rewrite it with: " + COMMAND)
                .isEqualTo(updated);
    }

    private static Map<String, Set<String>> there() {
        return Scrape.ofBothConsumers().labels();
    }

    private String table() {
        return alerts.stream()
                .map(alert -> "|[[%1$s]]`%1$s` +\n%2$s%3$s\n|%4$s\n|%5$s\n"
                        .formatted(
                                alert.name(),
                                alert.severity(),
                                alert.after().isEmpty() ? "" : ", after " + alert.after(),
                                alert.annotation("meaning"),
                                alert.annotation("action")))
                .collect(Collectors.joining(
                        "\n",
                        "[cols=\"2,4,4\",options=\"header\"]\n|===\n|Alert |What it means |What to do\n\n",
                        "|===\n"));
    }

    private static void assertPromtool(Path directory, String... arguments) throws Exception {
        Process process;
        try {
            List<String> command = new ArrayList<>(List.of("promtool"));
            command.addAll(List.of(arguments));
            process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            assertThat(System.getenv("CI"))
                    .as("promtool is not installed, and CI needs it")
                    .isNotEqualTo("true");
            assumeThat(e)
                    .as("Skipped: promtool is not installed (Debian's package prometheus)")
                    .isNull();
            return;
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("SUCCESS");
    }
}
