package io.github.camelgitpod.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Holds queries against what a scrape saw. */
final class QueryCheck {
    /** What Prometheus adds to each series. */
    private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance");

    private QueryCheck() {}

    /** Fails for a metric that there is not, or has not the labels that are asked. */
    static void assertNamesWhatThereIs(String expression, Map<String, Set<String>> there) {
        Query query = Query.parse(expression);
        assertThat(query.metrics()).as(expression).isNotEmpty();
        Set<String> known = new TreeSet<>(OF_PROMETHEUS);
        query.metrics().forEach((metric, asked) -> {
            assertThat(there).as(expression).containsKey(metric);
            Set<String> labels = new TreeSet<>(there.get(metric));
            labels.addAll(OF_PROMETHEUS);
            assertThat(labels).as("%s of %s", metric, expression).containsAll(asked);
            known.addAll(labels);
        });
        assertThat(known).as(expression).containsAll(query.grouped());
    }
}
