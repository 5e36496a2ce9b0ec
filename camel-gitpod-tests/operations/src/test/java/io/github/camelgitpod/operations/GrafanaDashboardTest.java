package io.github.camelgitpod.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The dashboard for Grafana asks for figures that there are, and shows all of ours. */
@Timeout(60)
class GrafanaDashboardTest {
    private static final Path FILE = Path.of("../../src-docs/modules/ROOT/attachments/gitpod-dashboard.json");
    private static final Pattern VALUES = Pattern.compile("label_values\\((.*), (\\w+)\\)");
    private static final int WIDTH = 24;

    private final JsonNode dashboard = read();

    @Test
    void eachQueryNamesWhatThereIs() {
        assertThat(queries()).hasSizeGreaterThan(30);
        queries().forEach(query -> QueryCheck.assertNamesWhatThereIs(query, there()));
    }

    @Test
    void eachFigureIsShown() {
        List<String> shown = queries()
                .flatMap(query -> Query.parse(query).metrics().keySet().stream())
                .toList();

        assertThat(shown)
                .containsAll(there().keySet().stream()
                        .filter(name ->
                                name.startsWith("gitpod_") && !name.matches(".*_lateness_seconds_(count|sum|max)"))
                        .toList());
    }

    @Test
    void theVariablesAreDataSourceJobAndRouteAndEachPanelKeepsToThem() {
        JsonNode variables = dashboard.at("/templating/list");
        assertThat(variables.findValuesAsText("name")).containsExactly("datasource", "job", "route");
        for (JsonNode variable : variables) {
            Matcher values = VALUES.matcher(variable.path("definition").asText());
            if (values.matches()) {
                QueryCheck.assertNamesWhatThereIs(
                        "sum by (%2$s) (%1$s)".formatted(values.group(1), values.group(2)), there());
            }
        }
        assertThat(dashboard.findValues("datasource"))
                .allMatch(source -> source.path("uid").asText().equals("${datasource}"));
        assertThat(queries()).allMatch(query -> !query.contains("{") || query.contains("=~\"$route\""));
    }

    @Test
    void panelsDoNotCoverEachOther() {
        Set<String> taken = new HashSet<>();
        Set<Integer> ids = new HashSet<>();
        for (JsonNode panel : dashboard.path("panels")) {
            assertThat(ids.add(panel.path("id").asInt())).isTrue();
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(WIDTH);
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    assertThat(taken.add((place.path("x").asInt() + x) + ":"
                                    + (place.path("y").asInt() + y)))
                            .as("%s", panel.path("title"))
                            .isTrue();
                }
            }
        }
    }

    private static Map<String, Set<String>> there() {
        return Scrape.ofBothConsumers().labels();
    }

    private Stream<String> queries() {
        return StreamSupport.stream(dashboard.path("panels").spliterator(), false)
                .flatMap(panel -> panel.findValuesAsText("expr").stream());
    }

    private static JsonNode read() {
        try {
            return JsonMapper.builder().build().readTree(FILE.toFile());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
