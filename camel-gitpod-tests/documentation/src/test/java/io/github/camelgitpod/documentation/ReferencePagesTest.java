package io.github.camelgitpod.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.option.EnumNames;
import io.github.camelgitpod.option.OptionException;
import io.github.camelgitpod.option.TimeTexts;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages bodies.adoc, values.adoc and changelog.adoc tell is what the code does. */
class ReferencePagesTest {
    private static final Path ROOT = Path.of("../..");
    private static final Path GOLDEN = ROOT.resolve("camel-gitpod-component/src/test/resources/golden");
    private static final String BODIES = page("bodies.adoc");
    private static final String VALUES = page("values.adoc");
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String REFUSED = "refused";

    @RegisterExtension
    final GitpodSimulatorExtension extension = new GitpodSimulatorExtension();

    @ParameterizedTest
    @ValueSource(strings = {"environment-created", "veto"})
    void entriesAreThoseOfTheGoldenFiles(String name) throws Exception {
        String file = name + ".entry.json";

        assertThat(sample(file)).isEqualTo(MAPPER.readTree(GOLDEN.resolve(file).toFile()));
    }

    @Test
    void theReadmesEntryIsThatOfThePage() throws Exception {
        String readme = WrittenFiles.read(ROOT.resolve("README.md"));
        String sample = WrittenFiles.blocks(readme, "json").findFirst().orElseThrow();

        assertThat(MAPPER.readTree(sample)).isEqualTo(sample("environment-created.entry.json"));
    }

    @Test
    void fieldsAreThoseOfTheClasses() {
        for (Class<? extends Record> type :
                List.of(AuditLogEntry.class, GitpodEvent.class, StreamGap.class, ClosedGap.class)) {
            Map<String, String> fields = new LinkedHashMap<>();
            for (RecordComponent component : type.getRecordComponents()) {
                fields.put(component.getName(), component.getType().getSimpleName());
            }
            Map<String, String> told = new LinkedHashMap<>();
            rows(between(BODIES, "\n." + type.getSimpleName() + "\n", "\n|===\n\n"))
                    .forEach(row -> told.put(row.group(1), row.group(2)));

            assertThat(BODIES).contains("`" + type.getName() + "`");
            assertThat(List.copyOf(told.entrySet())).isEqualTo(List.copyOf(fields.entrySet()));
        }
    }

    @Test
    void eventsAndGapsHaveTheFieldsOfTheSamples() throws Exception {
        GitpodSimulator gitpod = extension.simulator();
        Main main = new Main();
        gitpod.properties().forEach(main::addOverrideProperty);
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("gitpod:events?gapEvents=true&reconcile=relist&reconnectDelay=20ms")
                        .convertBodyTo(String.class)
                        .toD("mock:${header.CamelGitpodEventType}");
            }
        });
        main.start();
        try {
            MockEndpoint changes = mock(main, "CHANGE", 1);
            MockEndpoint gaps = mock(main, "GAP", 1);
            MockEndpoint closed = mock(main, "GAP_CLOSED", 1);
            await().atMost(ONE_MINUTE).until(() -> gitpod.requests().count("WatchEvents") > 0);
            await().atMost(ONE_MINUTE).until(() -> {
                gitpod.organization().createEnvironment();
                return changes.getReceivedCounter() > 0;
            });
            gitpod.eventStreams().cutAll();
            gaps.assertIsSatisfied();
            closed.assertIsSatisfied();

            assertSameFields("An event", changes);
            assertSameFields("A gap", gaps);
            assertSameFields("A closed gap", closed);
        } finally {
            main.stop();
        }
    }

    @Test
    void durationsAreReadAsThePageSays() {
        List<MatchResult> rows = rows(between(VALUES, "// durations: START", "// durations: END"));
        assertThat(rows).hasSizeGreaterThan(15).allSatisfy(row -> {
            if (REFUSED.equals(row.group(2))) {
                assertThatThrownBy(() -> TimeTexts.duration("delay", row.group(1), ChronoUnit.MILLIS))
                        .as(row.group(1))
                        .isInstanceOf(OptionException.class);
            } else {
                assertThat(TimeTexts.duration("delay", row.group(1), ChronoUnit.MILLIS))
                        .isEqualTo(Duration.parse(row.group(2)));
            }
        });
    }

    @Test
    void timesAreReadAsThePageSays() {
        List<MatchResult> rows = rows(between(VALUES, "// times: START", "// times: END"));
        assertThat(rows).hasSizeGreaterThan(8).allSatisfy(row -> assertThat(
                        TimeTexts.instant(row.group(1)).map(Object::toString).orElse(REFUSED))
                .as(row.group(1))
                .isEqualTo(row.group(2)));
    }

    @ParameterizedTest
    @EnumSource(EnumNames.class)
    void namesAreThoseThatOptionsTake(EnumNames names) {
        List<String> told = Pattern.compile("`(\\w+)`")
                .matcher(between(VALUES, "// " + names + ": START", "// " + names + ": END"))
                .results()
                .map(match -> match.group(1))
                .toList();

        // The message of a wrong one lists all.
        assertThatThrownBy(() -> names.parse("option", "no_such_name"))
                .hasMessageContaining("allowed: " + String.join(", ", told) + ", or one that is newer");
    }

    /** The headings are the release's matter, which writes them into the file. */
    @Test
    void theChangelogsPageHasTheChangesOfTheFile() {
        List<String> changes = WrittenFiles.read(ROOT.resolve("CHANGELOG.md"))
                .lines()
                .filter(line -> line.startsWith("- "))
                .map(line -> line.substring(2))
                .toList();

        assertThat(page("changelog.adoc")
                        .lines()
                        .filter(line -> line.startsWith("* "))
                        .map(line -> line.substring(2))
                        .toList())
                .isNotEmpty()
                .isEqualTo(changes);
    }

    private static MockEndpoint mock(Main main, String name, int atLeast) {
        MockEndpoint mock = main.getCamelContext().getEndpoint("mock:" + name, MockEndpoint.class);
        mock.expectedMinimumMessageCount(atLeast);
        return mock;
    }

    private static void assertSameFields(String title, MockEndpoint delivered) throws Exception {
        JsonNode body =
                MAPPER.readTree(delivered.getExchanges().get(0).getMessage().getBody(String.class));
        JsonNode sample = sample(title);

        assertThat(body.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyElementsOf(
                        sample.properties().stream().map(Map.Entry::getKey).toList());
        body.properties().forEach(field -> assertThat(field.getValue().getNodeType())
                .as(field.getKey())
                .isEqualTo(sample.get(field.getKey()).getNodeType()));
    }

    private static JsonNode sample(String title) throws Exception {
        return MAPPER.readTree(between(BODIES, "\n." + title + "\n[source,json]\n----\n", "\n----\n"));
    }

    /** Those of a table whose first two cells are a code each, or say that it is refused. */
    private static List<MatchResult> rows(String table) {
        return Pattern.compile("(?m)^\\|`([^`]+)` \\|`?([^`|\\n]+)`?")
                .matcher(table)
                .results()
                .toList();
    }

    private static String between(String page, String start, String end) {
        int from = page.indexOf(start);
        assertThat(from).as(start).isNotNegative();
        return page.substring(from + start.length(), page.indexOf(end, from + start.length()));
    }

    private static String page(String name) {
        return WrittenFiles.read(ROOT.resolve("src-docs/modules/ROOT/pages").resolve(name));
    }
}
