package io.github.camelgitpod.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The pages of an application with camel-main, over HTTP: the figures as Prometheus sees them, and health. */
@Timeout(60)
class MetricsPageTest {
    private final Scrape scrape = Scrape.ofBothConsumers();

    @Test
    void prometheusSeesTheFiguresOfBothConsumers() {
        assertThat(scrape.labels().keySet())
                .filteredOn(name -> name.startsWith("gitpod_"))
                .containsExactly(
                        "gitpod_auditlog_clock_disagreements_total",
                        "gitpod_auditlog_duplicates_dropped_total",
                        "gitpod_auditlog_entries_beyond_lookback_total",
                        "gitpod_auditlog_entries_late_total",
                        "gitpod_auditlog_entries_total",
                        "gitpod_auditlog_lag_seconds",
                        "gitpod_auditlog_last_success_age_seconds",
                        "gitpod_auditlog_lateness_seconds_bucket",
                        "gitpod_auditlog_lateness_seconds_count",
                        "gitpod_auditlog_lateness_seconds_max",
                        "gitpod_auditlog_lateness_seconds_sum",
                        "gitpod_auditlog_read_entries_left",
                        "gitpod_auditlog_state_save_failures_total",
                        "gitpod_auditlog_state_saves_total",
                        "gitpod_events_connection_age_seconds",
                        "gitpod_events_connects_total",
                        "gitpod_events_gaps_closed_total",
                        "gitpod_events_gaps_total",
                        "gitpod_events_recovered_total",
                        "gitpod_events_renewals_total",
                        "gitpod_events_skipped_lines_total",
                        "gitpod_events_streams",
                        "gitpod_events_streams_open",
                        "gitpod_events_total",
                        "gitpod_events_waiting",
                        "gitpod_health",
                        "gitpod_overtaken_total",
                        "gitpod_requests_total",
                        "gitpod_throttled_seconds_total");
        scrape.labels().forEach((name, labels) -> {
            if (name.startsWith("gitpod_")) {
                assertThat(labels).as(name).contains("route");
            }
        });
        assertThat(scrape.labels())
                .containsEntry("gitpod_events_gaps_total", Set.of("reason", "route"))
                .containsEntry("gitpod_requests_total", Set.of("method", "route", "status"))
                .containsEntry("gitpod_health", Set.of("route", "state"));
        assertThat(scrape.metrics())
                .contains(
                        "gitpod_auditlog_entries_total{route=\"audit\"} 1.0\n",
                        "gitpod_events_gaps_total{reason=\"clean-end\",route=\"events\"} 1.0\n");
    }

    @Test
    void thePageOfHealthHasTheDetailsOfBothConsumers() throws Exception {
        JsonNode page = JsonMapper.builder().build().readTree(scrape.health());

        assertThat(page.path("status").asText()).isEqualTo("UP");
        assertThat(details(page, "consumer:audit"))
                .containsExactlyInAnyOrder("gitpod.state", "gitpod.lastSuccessAt", "gitpod.watermark", "gitpod.lag");
        assertThat(details(page, "consumer:events"))
                .containsExactlyInAnyOrder(
                        "gitpod.state",
                        "gitpod.lastSuccessAt",
                        "gitpod.since",
                        "gitpod.streams",
                        "gitpod.streams.open",
                        "gitpod.gaps",
                        "gitpod.lastGap");
    }

    private static Iterable<String> details(JsonNode page, String check) {
        JsonNode data = StreamSupport.stream(page.path("checks").spliterator(), false)
                .filter(one -> one.path("name").asText().equals(check))
                .findFirst()
                .orElseThrow()
                .path("data");
        Iterable<String> names = data::fieldNames;
        return StreamSupport.stream(names.spliterator(), false)
                .filter(name -> name.startsWith("gitpod."))
                .toList();
    }
}
