package io.github.camelgitpod.benchmarks;

import io.github.camelgitpod.benchmarks.reader.BareAuditLogLoop;
import io.github.camelgitpod.benchmarks.reader.GitpodAuditLogRoute;
import io.github.camelgitpod.benchmarks.reader.HttpAuditLogRoute;
import io.github.camelgitpod.benchmarks.reader.LoopedAuditLogRoute;
import io.github.camelgitpod.benchmarks.reader.Reader;
import io.github.camelgitpod.benchmarks.server.ServerAddress;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** A process that reads the audit log once, in one way, and answers what that took from its own start on. */
final class ColdProcess {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** The ways to read. */
    enum Kind {
        BARE,
        LOOPED,
        CAMEL_HTTP,
        SINGLE,
        BATCHING;

        /** Only the classes of that one are loaded. */
        Reader reader() {
            return switch (this) {
                case BARE -> new BareAuditLogLoop();
                case LOOPED -> new LoopedAuditLogRoute();
                case CAMEL_HTTP -> new HttpAuditLogRoute("camel-http route", true);
                case SINGLE -> new GitpodAuditLogRoute("gitpod:auditLogs", "");
                case BATCHING -> new GitpodAuditLogRoute("gitpod:auditLogs, batching", "batching=true");
            };
        }
    }

    private ColdProcess() {}

    public static void main(String[] args) throws Exception {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println(read(orders.readLine().split(" ")));
        // The order to end.
        orders.readLine();
        System.exit(0);
    }

    /**
     * @param order kind, address, token, end, and how many entries there are
     * @return processor time since the start of the process, and since that of the reading; time since both; in nanoseconds
     */
    private static String read(String... order) throws Exception {
        OrderCheck check = new OrderCheck(Integer.parseInt(order[4]));
        ServerAddress server = new ServerAddress(order[1], order[2], Instant.parse(order[3]));
        // Never closed: the process ends.
        Reader.Reading reading = Kind.valueOf(order[0]).reader().open(server, check);
        long cpu = ProcessFigures.cpuNanos();
        long begin = System.nanoTime();
        long millis = System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        reading.begin();
        long taken = check.await(LIMIT) - begin;
        long cpuInAll = ProcessFigures.cpuNanos();
        check.verify();
        return cpuInAll + " " + (cpuInAll - cpu) + " " + (taken + millis * 1_000_000) + " " + taken;
    }
}
