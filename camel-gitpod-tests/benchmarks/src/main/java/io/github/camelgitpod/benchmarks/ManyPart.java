package io.github.camelgitpod.benchmarks;

import io.github.camelgitpod.benchmarks.server.ServerAddress;
import io.github.camelgitpod.benchmarks.server.ServerProcess;
import java.util.List;

/** One process that reads many organizations: how fast all of them together are, what it takes, and what one that fails costs the others. */
final class ManyPart implements Part {
    private static final List<Integer> COUNTS = List.of(1, 10, 100);
    private static final int MOST = 100;

    @Override
    public void measure(Bench bench) {
        int entries = bench.full() ? 1_000_000 : 300_000;
        for (int count : COUNTS) {
            String of = count == 1 ? "1 organization, " : count + " organizations, ";
            entries(bench, of, count, entries);
            events(bench, of, count, entries);
        }
        for (String trouble : List.of("none", "401", "429", "hangs", "drips")) {
            failing(bench, trouble, entries);
        }
    }

    private static void entries(Bench bench, String of, int count, int entries) {
        String tokens = bench.server().tenants(count, entries / count);
        try (ChildProcess child = ChildProcess.start(ManyProcess.class, "-Xmx512m")) {
            long start = System.nanoTime();
            child.ask("start " + auditLogs(bench.server().address()) + " " + entries / count + " " + tokens);
            child.ask("await 0");
            report(bench, of, "entries/s in all", entries, start);
            figures(bench, of + "after the entries, ", child);
        }
    }

    private static void events(Bench bench, String of, int count, int events) {
        ServerProcess server = bench.server();
        String tokens = server.tenants(count, 0);
        server.prepareEvents(events / count);
        try (ChildProcess child = ChildProcess.start(ManyProcess.class, "-Xmx512m")) {
            child.ask("start " + events(server.address()) + " " + events / count + " " + tokens);
            server.awaitWatched(count);
            long start = System.nanoTime();
            server.floodTenants();
            child.ask("await 0");
            report(bench, of, "events/s in all", events, start);
            figures(bench, of + "streams open, ", child);
        }
    }

    private static void failing(Bench bench, String trouble, int entries) {
        ServerProcess server = bench.server();
        String tokens = server.tenants(MOST, entries / MOST);
        server.trouble(trouble);
        try (ChildProcess child = ChildProcess.start(ManyProcess.class, "-Xmx512m")) {
            long start = System.nanoTime();
            child.ask("start " + auditLogs(server.address()) + " " + entries / MOST + " " + tokens);
            child.ask("await 1");
            report(
                    bench,
                    "99 organizations beside one that fails: " + trouble + ", ",
                    "entries/s",
                    entries / MOST * 99,
                    start);
        }
    }

    private static void report(Bench bench, String of, String unit, int count, long start) {
        bench.report()
                .figure(of.substring(0, of.length() - 2), Sample.of(count * 1e9 / (System.nanoTime() - start)), unit);
    }

    /** Reports threads, heap and descriptors. */
    static void figures(Bench bench, String of, ChildProcess child) {
        System.err.println(child.ask("threads"));
        String[] figures = child.ask("figures").split(" ");
        bench.report().figure(of + "threads", Sample.of(Double.parseDouble(figures[0])), "");
        bench.report()
                .figure(of + "heap after a collection", Sample.of(Double.parseDouble(figures[1]) / (1 << 20)), "MB");
        bench.report().figure(of + "descriptors", Sample.of(Double.parseDouble(figures[2])), "");
    }

    static String auditLogs(ServerAddress server) {
        return "gitpod:auditLogs?from=beginning&to=" + server.end() + "&initialDelay=0&baseUrl=" + server.baseUrl();
    }

    private static String events(ServerAddress server) {
        return "gitpod:events?baseUrl=" + server.baseUrl();
    }
}
