package io.github.camelgitpod.examples.siem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The ids of the entries that a sink has taken, each as often as it came. */
public final class Arrivals {
    private final Map<String, Integer> times = new ConcurrentHashMap<>();

    public void add(List<String> ids) {
        ids.forEach(id -> times.merge(id, 1, Integer::sum));
    }

    public Set<String> ids() {
        return new HashSet<>(times.keySet());
    }

    /** How many came more than once. */
    long repeated() {
        return List.copyOf(times.values()).stream().filter(n -> n > 1).count();
    }

    /** A line for the table of the page siem-sinks.adoc, in target/sinks.adoc. */
    void report(String sink, String trouble, int there) throws IOException {
        Path table = Path.of("target", "sinks.adoc");
        List<String> lines = new ArrayList<>(Files.exists(table) ? Files.readAllLines(table) : List.of());
        lines.removeIf(line -> line.startsWith("|" + sink + " |"));
        lines.add("|%s |%s |%,d |%,d |%,d".formatted(sink, trouble, there, ids().size(), repeated()));
        Collections.sort(lines);
        Files.write(table, lines);
    }
}
