package io.github.camelgitpod.soak;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The table, an interval a line, and what is wrong with it. */
final class SoakReport {
    /** Shorter ones are all start. */
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(50);

    /** What must not grow: by so much beyond a third it may. */
    private enum Figure {
        THREADS("threads", 3, Figures::threads),
        HEAP("heap", 3, Figures::heapMegabytes),
        DESCRIPTORS("descriptors", 10, Figures::descriptors),
        STATE("state", 20, Figures::stateKilobytes),
        LOG("log lines", 40, Figures::logLines);

        private final String name;
        private final double slack;
        private final ToDoubleFunction<Figures> value;

        Figure(String name, double slack, ToDoubleFunction<Figures> value) {
            this.name = name;
            this.slack = slack;
            this.value = value;
        }

        double of(List<Figures> some) {
            return some.stream()
                    .mapToDouble(value)
                    .sorted()
                    .skip(some.size() / 2)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private final PrintStream out;
    private final Duration interval;
    private final List<Figures> steady = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    SoakReport(PrintStream out, Duration interval) {
        this.out = out;
        this.interval = interval;
        out.printf(
                "%8s %8s %9s %12s %9s %15s %8s%n",
                "minutes", "threads", "heap MB", "descriptors", "state KB", "log lines/hour", "changes");
    }

    /** @param figures of the process that is not killed, with the log's lines of this interval */
    void interval(Figures figures, int changes) {
        steady.add(figures);
        out.printf(
                Locale.ROOT,
                "%8.1f %8d %9.1f %12d %9.1f %15.0f %8d%n",
                steady.size() * interval.toMillis() / 60e3,
                figures.threads(),
                figures.heapMegabytes(),
                figures.descriptors(),
                figures.stateKilobytes(),
                figures.logLines() * 3600e3 / interval.toMillis(),
                changes);
    }

    /** A sentence about what must be zero or small. */
    void require(boolean holds, String complaint) {
        if (!holds) {
            complaints.add(complaint);
        }
    }

    /** Whether the intervals are long enough to say that something grows. */
    boolean judgesGrowth() {
        return interval.compareTo(SHORTEST_INTERVAL) >= 0;
    }

    /** What is wrong; empty: nothing. The first interval is that of the start, and does not count. */
    List<String> complaints() {
        List<String> all = new ArrayList<>(complaints);
        if (!judgesGrowth()) {
            return all;
        }
        int third = (steady.size() - 1) / 3;
        List<Figures> first = steady.subList(1, 1 + third);
        List<Figures> last = steady.subList(steady.size() - third, steady.size());
        for (Figure figure : Figure.values()) {
            double before = figure.of(first);
            double after = figure.of(last);
            if (after > before * 4 / 3 + figure.slack) {
                all.add(String.format(Locale.ROOT, "%s grew from %.1f to %.1f", figure.name, before, after));
            }
        }
        return all;
    }
}
