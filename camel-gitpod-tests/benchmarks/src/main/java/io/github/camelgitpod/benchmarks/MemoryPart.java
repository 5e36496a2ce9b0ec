package io.github.camelgitpod.benchmarks;

import io.github.camelgitpod.benchmarks.server.ServerAddress;
import io.github.camelgitpod.benchmarks.server.ServerProcess;

/** Whether 64 MB of heap are enough, for a process that has nothing else; it ends when they are not. */
final class MemoryPart implements Part {
    private static final String[] JVM = {"-Xmx64m", "-XX:+ExitOnOutOfMemoryError"};

    @Override
    public void measure(Bench bench) throws Exception {
        int count = bench.full() ? 1_000_000 : 300_000;
        String of = String.format("%,d %%s, -Xmx64m: heap after collections, at most", count);
        bench.server().uniform(count);
        try (ChildProcess child = ChildProcess.start(SmallProcess.class, JVM)) {
            child.ask("auditLog " + text(bench.server().address()) + " " + count + " concurrentRequests=8");
            bench.report()
                    .atMost(
                            64,
                            String.format(of, "entries, 8 concurrent"),
                            Sample.of(Double.parseDouble(child.ask("await"))),
                            "MB");
        }
        measureKept(bench, count);
        try (ChildProcess child = ChildProcess.start(SmallProcess.class, JVM)) {
            ServerProcess server = bench.server();
            server.prepareEvents(count);
            child.ask("events " + text(server.address()) + " " + count);
            server.awaitStream();
            server.flood();
            bench.report()
                    .atMost(
                            64,
                            String.format(of, "events, slow route"),
                            Sample.of(Double.parseDouble(child.ask("await"))),
                            "MB");
            server.endStreams();
        }
    }

    private static void measureKept(Bench bench, int count) {
        try (ChildProcess child = ChildProcess.start(
                KeepingProcess.class, "-Xmx512m", "-XX:+UseSerialGC", "-XX:MarkSweepAlwaysCompactCount=1")) {
            ServerAddress server = bench.server().address();
            double bytes = Double.parseDouble(child.ask(server.baseUrl() + " " + server.token() + " " + count));
            bench.report()
                    .atMost(
                            2_000,
                            "heap for each entry that a route keeps, one of each page",
                            Sample.of(bytes),
                            "bytes");
        }
    }

    static String text(ServerAddress address) {
        return address.baseUrl() + " " + address.token() + " " + address.end();
    }
}
