package io.github.camelgitpod.benchmarks;

import io.github.camelgitpod.benchmarks.server.ServerAddress;
import io.github.camelgitpod.benchmarks.server.ServerProcess;
import java.time.Duration;

/**
 * What consumers cost that have nothing to do, with their default options: nothing is shortened. What a process without any takes
 * is the first row.
 */
final class IdlePart implements Part {
    /** Until threads have ended that were needed for the start. */
    private static final Duration SETTLE = Duration.ofSeconds(75);

    private static final String AUDIT_LOGS = "gitpod:auditLogs?baseUrl=";
    private static final String EVENTS = "gitpod:events?baseUrl=";

    @Override
    public void measure(Bench bench) throws Exception {
        Duration window = Duration.ofMinutes(bench.full() ? 4 : 1);
        measure(bench, "a context without routes, ", "", 0, window);
        for (int count : new int[] {1, 100}) {
            String idle = count == 1 ? "1 idle " : count + " idle ";
            measure(bench, idle + "gitpod:auditLogs, ", AUDIT_LOGS, count, window);
            measure(bench, idle + "gitpod:events, ", EVENTS, count, window);
        }
    }

    private static void measure(Bench bench, String of, String uri, int count, Duration window) throws Exception {
        ServerProcess server = bench.server();
        String tokens = count == 0 ? "" : server.tenants(count, 0);
        ServerAddress address = server.address();
        try (ChildProcess child = ChildProcess.start(ManyProcess.class, "-Xmx512m")) {
            if (count > 0) {
                child.ask("start " + uri + address.baseUrl() + " 0 " + tokens);
            }
            Thread.sleep(SETTLE.toMillis());
            ManyPart.figures(bench, of, child);
            // The collection for the figures is not the consumers'.
            long cpu = Long.parseLong(child.ask("cpu"));
            if (count > 0) {
                server.tenantsRequests();
            }
            Thread.sleep(window.toMillis());
            double hours = window.toMillis() / 3.6e6;
            double seconds = (Long.parseLong(child.ask("cpu")) - cpu) / 1e9;
            if (count > 0) {
                bench.report().figure(of + "requests an hour", Sample.of(server.tenantsRequests() / hours), "");
            }
            bench.report().figure(of + "CPU seconds an hour", Sample.of(seconds / hours), "");
        }
    }
}
