package io.github.camelgitpod.kamelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kamelet:gitpod-audit-logs-source} by its name, from YAML on camel-main. */
class AuditLogsKameletTest {
    /** Set in the environment of the tests, as in a user's; with all that a URI would change. */
    private static final String TOKEN = System.getenv("GITPOD_API_KEY");

    @RegisterExtension
    final GitpodSimulatorExtension gitpod =
            new GitpodSimulatorExtension(GitpodSimulator.builder().accessToken(TOKEN));

    @TempDir
    Path directory;

    private GitpodSimulator simulator;

    @BeforeEach
    void somethingHasHappened() {
        simulator = gitpod.simulator();
        add("Environment created");
        add("Secret created");
    }

    @Test
    void deliversEachEntryOnceAlsoAfterARestart() throws Exception {
        try (Application first = new Application(route(Map.of()))) {
            await().atMost(ONE_MINUTE)
                    .untilAsserted(() -> assertThat(first.texts()).isEqualTo(textsOfTheServer(0)));
        }
        add("Secret deleted");

        try (Application second = new Application(route(Map.of()))) {
            await().atMost(ONE_MINUTE)
                    .untilAsserted(() -> assertThat(second.texts()).isEqualTo(textsOfTheServer(2)));
        }
        assertThat(directory.resolve("gitpod-audit-logs-source.state")).exists();
    }

    @ParameterizedTest
    @CsvSource({
        "from, 24H, does not say where to begin",
        "to, 24h, is not an instant",
        "lookback, 10M, is no duration",
        "delay, 1M, is no duration",
        "sweepInterval, 1D, is no duration",
        "commitEvery, 5m, is no number"
    })
    void aValueThatIsNotUnderstoodFailsTheStart(String option, String value, String problem) {
        assertThatThrownBy(() -> new Application(route(Map.of(option, value))))
                .rootCause()
                .hasMessageStartingWith("Option " + option + "=" + value + " " + problem);
    }

    @Test
    void aPropertyOfTheComponentThatIsNotUnderstoodFailsTheStart() {
        assertThatThrownBy(
                        () -> new Application(route(Map.of()), Map.of("camel.component.gitpod.request-timeout", "5M")))
                .rootCause()
                .hasMessageStartingWith("Option requestTimeout=5M is no duration");
    }

    @Test
    void bodyAndHeadersAreThoseOfTheComponent() throws Exception {
        String step = "setProperty: {name: action, simple: \"${body.action}\"}";
        try (Application application = new Application(route(Map.of(), step))) {
            await().atMost(ONE_MINUTE).until(() -> application.exchanges().size() == 2);

            Exchange second = application.exchanges().get(1);
            assertThat(second.getProperty("action")).isEqualTo("Secret created");
            assertThat(second.getMessage().getHeader("CamelGitpodEntryId"))
                    .isEqualTo(simulator.auditLog().ids().get(1));
            assertThat(KameletFile.named("gitpod-audit-logs-source")
                            .dataTypesOut()
                            .path("headers")
                            .fieldNames())
                    .toIterable()
                    .containsAll(second.getMessage().getHeaders().keySet().stream()
                            .filter(name -> name.startsWith("CamelGitpod"))
                            .toList());
        }
    }

    @Test
    void dataTypesOutGiveTheServersText() throws Exception {
        List<String> formats = formats(format -> !format.startsWith("gitpod:"));

        try (Application application = new Application(routes(formats))) {
            await().atMost(ONE_MINUTE).until(() -> application.exchanges().size() == 2 * formats.size());

            assertThat(Set.copyOf(application.texts())).isEqualTo(Set.copyOf(textsOfTheServer(0)));
            assertThat(application.exchanges())
                    .extracting(exchange -> exchange.getMessage().getBody())
                    .hasOnlyElementsOfTypes(String.class, byte[].class);
        }
    }

    @Test
    void dataTypesOutOfTheComponentTellWhereTheEntryCameFrom() throws Exception {
        List<String> formats = formats(format -> format.startsWith("gitpod:"));

        try (Application application = new Application(routes(formats))) {
            await().atMost(ONE_MINUTE).until(() -> application.exchanges().size() == 2 * formats.size());

            assertThat(application.texts())
                    .allMatch(text -> simulator.auditLog().ids().stream().anyMatch(text::contains));
            assertThat(application.texts())
                    .filteredOn(text -> text.contains("specversion"))
                    .hasSize(2)
                    .allMatch(text -> text.contains("\"source\":\"https://127.0.0.1\""));
            assertThat(application.exchanges())
                    .extracting(exchange -> exchange.getMessage().getHeader("CamelCloudEventSource"))
                    .contains("https://127.0.0.1");
        }
    }

    private List<String> formats(Predicate<String> wanted) throws IOException {
        return KameletFile.named("gitpod-audit-logs-source")
                .dataTypesOut()
                .path("types")
                .findValuesAsText("format")
                .stream()
                .filter(wanted)
                .toList();
    }

    private String routes(List<String> formats) {
        return formats.stream()
                .map(format -> route(
                        Map.of("stateKey", format.replace('+', '-')),
                        "transformDataType: {toType: \"" + format + "\"}"))
                .collect(Collectors.joining());
    }

    @Test
    void aBatchIsAnArrayOfThem() throws Exception {
        String step = "transformDataType: {toType: application-json}";

        try (Application application = new Application(route(Map.of("batching", "true"), step))) {
            await().atMost(ONE_MINUTE).untilAsserted(() -> assertThat(application.texts())
                    .containsExactly("[" + String.join(",", textsOfTheServer(0)) + "]"));
        }
    }

    @Test
    void twoUsesWithTwoKeysGetWhatEachWants() throws Exception {
        String secrets = route(Map.of("stateKey", "secrets", "subjectTypes", "user_secret"));
        try (Application application = new Application(route(Map.of()) + secrets)) {
            await().atMost(ONE_MINUTE).until(() -> application.exchanges().size() == 2);
        }
        assertThat(directory.resolve("secrets.state")).exists();
    }

    @Test
    void aTokenGivenAsAPropertyArrivesAsItIs() throws Exception {
        String token = "another+to/k%n==";
        simulator.rotateAccessToken(token);

        try (Application application = new Application(route(Map.of("accessToken", token)))) {
            await().atMost(ONE_MINUTE)
                    .untilAsserted(() -> assertThat(application.texts()).isEqualTo(textsOfTheServer(0)));
        }
    }

    /** With what a URI encodes: colons, a number sign, a plus. */
    @ParameterizedTest
    @ValueSource(strings = {"", "camel.kamelet.gitpod-audit-logs-source."})
    void whatComesFromAPropertyArrivesAsItIs(String prefix) throws Exception {
        String late = simulator.now().plusSeconds(60).truncatedTo(ChronoUnit.SECONDS) + "";
        Map<String, String> values = Map.of(
                "baseUrl",
                simulator.baseUrl(),
                "from",
                late.replace("Z", "+02:00"),
                "to",
                late,
                "stateRepository",
                "#bean:cursors",
                "stateKey",
                "a:b#c/d e");
        Map<String, String> settings =
                new HashMap<>(Map.of("camel.beans.cursors", "#class:" + MemoryStateRepository.class.getName()));
        Map<String, String> parameters = new HashMap<>();
        values.forEach((name, value) -> {
            settings.put((prefix.isEmpty() ? "own." : prefix) + name, value);
            if (prefix.isEmpty()) {
                parameters.put(name, "{{own." + name + "}}");
            }
        });
        parameters.put("delay", "20ms");

        try (Application application =
                new Application(Application.route("gitpod-audit-logs-source", parameters), settings)) {
            await().atMost(ONE_MINUTE)
                    .untilAsserted(() -> assertThat(application.texts()).isEqualTo(textsOfTheServer(0)));
            MemoryStateRepository cursors =
                    application.context().getRegistry().lookupByNameAndType("cursors", MemoryStateRepository.class);
            await().atMost(ONE_MINUTE).untilAsserted(() -> assertThat(cursors.getState("a:b#c/d e"))
                    .isNotNull());
        }
    }

    private String route(Map<String, String> moreParameters, String... steps) {
        Map<String, String> parameters = new LinkedHashMap<>(Map.of(
                "baseUrl",
                simulator.baseUrl(),
                "from",
                "beginning",
                "stateDirectory",
                directory.toString(),
                "delay",
                "20ms"));
        parameters.putAll(moreParameters);
        return Application.route("gitpod-audit-logs-source", parameters, steps);
    }

    private void add(String action) {
        simulator.auditLog().add(Entry.at(simulator.now().minusSeconds(1)).withAction(action));
    }

    private List<String> textsOfTheServer(int skipped) {
        Stream<Entry> entries = simulator.auditLog().entries().stream();
        return entries.map(Entry::json).skip(skipped).toList();
    }
}
