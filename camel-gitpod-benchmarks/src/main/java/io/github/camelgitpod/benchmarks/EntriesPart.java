package io.github.camelgitpod.benchmarks;

import io.github.camelgitpod.benchmarks.reader.BareAuditLogLoop;
import io.github.camelgitpod.benchmarks.reader.GitpodAuditLogRoute;
import io.github.camelgitpod.benchmarks.reader.HttpAuditLogRoute;
import io.github.camelgitpod.benchmarks.reader.Reader;

/** How many entries a second, where the network costs nothing. */
final class EntriesPart implements Part {
    private static final int WARM_UPS = 6;

    @Override
    public void measure(Bench bench) throws Exception {
        int entries = bench.full() ? 200_000 : 100_000;
        Reader bare = new BareAuditLogLoop();
        Reader http = new HttpAuditLogRoute("camel-http route", true);
        Reader lean = new HttpAuditLogRoute("camel-http route, JSON as maps", false);
        Reader single = new GitpodAuditLogRoute("gitpod:auditLogs", "");
        Reader onDisk = GitpodAuditLogRoute.withStateDirectory("gitpod:auditLogs, stateDirectory");
        Reader[] all = {bare, http, lean, single, onDisk};
        bench.server().uniform(entries);
        bench.auditLog(entries, WARM_UPS, all);
        Bench.Laps laps = bench.auditLog(entries, bench.rounds(), all);
        Report report = bench.report();
        for (Reader reader : all) {
            report.figure(reader.name(), laps.rate(reader), "entries/s");
        }
        for (Reader reader : all) {
            report.figure(reader.name() + ", CPU per entry", laps.cpu(reader), "us");
        }
        Sample floor = laps.rate(bare);
        report.atLeast(0.7, "one exchange each, vs bare loop", laps.rate(single).by(floor), "");
        report.atLeast(
                3, "one exchange each, vs camel-http route", laps.rate(single).by(laps.rate(http)), "");
    }
}
