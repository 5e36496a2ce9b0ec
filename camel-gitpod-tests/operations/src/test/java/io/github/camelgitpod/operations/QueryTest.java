package io.github.camelgitpod.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a query names is found, and a wrong name is refused: without this the other tests would hold nothing. */
class QueryTest {
    private static final Map<String, Set<String>> THERE =
            Map.of("a_total", Set.of("route", "reason"), "b", Set.of("route"));

    @Test
    void namesAreTakenOutOfExpressions() {
        Query query = Query.parse(
                "sum by (route, reason) (increase(a_total{reason!=\"b {c}\", route=~\"$route\"}[1h:5m])) > 0"
                        + " or label_replace(b, \"x\", \"$1\", \"y\", \"(.+)\") unless on (job) c offset 1h == 1e3");

        assertThat(query.metrics())
                .containsOnly(
                        Map.entry("a_total", Set.of("reason", "route")),
                        Map.entry("b", Set.of()),
                        Map.entry("c", Set.of()));
        assertThat(query.grouped()).containsExactly("job", "reason", "route");
    }

    @Test
    void aMetricOrLabelThatThereIsNotIsRefused() {
        QueryCheck.assertNamesWhatThereIs("sum by (route) (rate(a_total{reason=\"x\", job=\"y\"}[5m])) > 0", THERE);
        assertThatThrownBy(() -> QueryCheck.assertNamesWhatThereIs("rate(a_totals[5m])", THERE))
                .hasMessageContaining("a_totals");
        assertThatThrownBy(() -> QueryCheck.assertNamesWhatThereIs("b{reason=\"x\"}", THERE))
                .hasMessageContaining("reason");
        assertThatThrownBy(() -> QueryCheck.assertNamesWhatThereIs("sum by (reason) (b)", THERE))
                .hasMessageContaining("reason");
    }
}
