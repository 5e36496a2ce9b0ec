package io.github.camelgitpod.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.testing.RecordedLogs;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheck;

/** What one consumer shows in each state that it is driven through, as rows of a table. */
final class StateRows {
    private final String route;
    private final List<String> gauges;
    private final MeterRegistry registry;
    private final RecordedLogs logs;
    private final List<String> rows = new ArrayList<>();
    private Supplier<HealthCheck.Result> health;
    private final List<String> statuses = new ArrayList<>();

    /** @param gauges of which a row says which are there: a time that is known, a number above 0 */
    StateRows(
            String route,
            List<String> gauges,
            Supplier<HealthCheck.Result> health,
            MeterRegistry registry,
            RecordedLogs logs) {
        this.route = route;
        this.gauges = gauges;
        this.health = health;
        this.registry = registry;
        this.logs = logs;
    }

    /** Another consumer, of a route with the same name. */
    void goesOnWith(Supplier<HealthCheck.Result> next) {
        health = next;
    }

    /**
     * Waits for a state, and notes what is seen then.
     *
     * @param status of the answers that led there; null: it is not about that
     * @param says   what is part of the line of the log that tells it; null: there is none
     */
    void at(String state, String status, String says) {
        HealthCheck.Result seen = await().until(
                        () -> health.get(),
                        result -> state.equals(result.getDetails().get("gitpod.state"))
                                && (status == null
                                        || String.valueOf(result.getDetails().get("gitpod.lastError"))
                                                .contains(status)));
        assertThat(registry.get("gitpod.health")
                        .tags("route", route, "state", state)
                        .gauge()
                        .value())
                .isEqualTo(1);
        List<String> figures = new ArrayList<>();
        if (status != null) {
            statuses.add(status);
            figures.add("gitpod.requests{status=\"" + status + "\"}");
        }
        gauges.stream().filter(this::isThere).forEach(figures::add);
        rows.add("|`%s`\n|%s\n|%s\n|%s\n|%s\n"
                .formatted(
                        state,
                        seen.getState(),
                        words(seen.getDetails().keySet().stream()
                                .filter(name -> name.startsWith("gitpod.") && !name.equals("gitpod.state"))
                                .map(name -> name.substring("gitpod.".length()))
                                .sorted()
                                .toList()),
                        words(figures),
                        says == null ? "" : line(says)));
    }

    private boolean isThere(String name) {
        Gauge gauge = registry.get(name).tag("route", route).gauge();
        return gauge instanceof TimeGauge ? !Double.isNaN(gauge.value()) : gauge.value() > 0;
    }

    private static String words(List<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    /** The last such line, without what is of this run only. */
    private String line(String says) {
        await().until(() -> logs.messages().stream().anyMatch(message -> message.contains(says)));
        return logs.events().stream()
                .filter(event -> event.getFormattedMessage().contains(says))
                .reduce((one, later) -> later)
                .map(event -> "`" + event.getLevel() + "` " + general(event.getFormattedMessage()))
                .orElseThrow();
    }

    private static String general(String message) {
        String text = message.replaceAll("http://[\\d.:]+/api", "https://app.gitpod.io/api")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "...")
                .replaceAll("attempt is in \\w+", "attempt is in ...")
                .replaceAll("\\bPT[\\dHMS.]+", "...");
        return "pass:c[" + text + "]";
    }

    /** Waits until each status has come to the meter of requests, too. */
    void awaitRequests() {
        await().until(() -> statuses.stream().allMatch(status -> !registry.find("gitpod.requests")
                .tags("route", route, "status", status)
                .functionCounters()
                .isEmpty()));
    }

    String table() {
        return "[cols=\"2,1,3,3,5\",options=\"header\"]\n|===\n"
                + "|State |Health |Other details, `gitpod.` and |Figures that are there |The log\n\n"
                + String.join("\n", rows) + "|===\n";
    }
}
