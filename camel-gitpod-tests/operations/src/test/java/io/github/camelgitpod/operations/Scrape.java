package io.github.camelgitpod.operations;

import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What Prometheus read of an application with both consumers that have seen everything a meter needs to be there: entries, a gap, a
 * failure of the route.
 *
 * @param metrics the text, as served
 * @param health  the page beside it, as JSON
 */
record Scrape(String metrics, String health) {
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)})? [^ ]+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");

    /** Made once: it takes the start of an application. */
    private static final class Once {
        private static final Scrape SCRAPE = scrape();
    }

    static Scrape ofBothConsumers() {
        return Once.SCRAPE;
    }

    /** The labels of each metric, by its name as Prometheus knows it. */
    Map<String, Set<String>> labels() {
        return SAMPLE.matcher(metrics)
                .results()
                .collect(Collectors.toMap(
                        sample -> sample.group(1),
                        sample -> LABEL.matcher(sample.group(2) == null ? "" : sample.group(2))
                                .results()
                                .map(label -> label.group(1))
                                .collect(Collectors.toCollection(TreeSet::new)),
                        (one, other) -> {
                            one.addAll(other);
                            return one;
                        },
                        TreeMap::new));
    }

    private static Scrape scrape() {
        try (GitpodSimulator simulator = GitpodSimulator.start()) {
            simulator.auditLog().add(Entry.at(simulator.now().minusSeconds(100)).withAction("poison"));
            try (Application application = new Application(simulator)) {
                await().atMost(ONE_MINUTE).until(() -> simulator.eventStreams().open() == 1);
                simulator.eventStreams().endAll();
                await().atMost(ONE_MINUTE).until(() -> {
                    String metrics = application.metrics();
                    return metrics.contains("gitpod_events_gaps_total{")
                            && metrics.contains("gitpod_requests_total{method=\"WatchEvents\",route=\"events\"")
                            && metrics.contains("gitpod_requests_total{method=\"ListAuditLogs\",route=\"audit\"")
                            && metrics.contains("gitpod_health{route=\"audit\",state=\"CURRENT\"} 1.0")
                            && metrics.contains("gitpod_health{route=\"events\",state=\"CURRENT\"} 1.0");
                });
                return new Scrape(application.metrics(), application.health());
            }
        }
    }
}
