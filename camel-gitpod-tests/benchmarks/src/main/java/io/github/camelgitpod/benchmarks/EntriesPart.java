package io.github.camelgitpod.benchmarks;

import io.github.camelgitpod.benchmarks.reader.BareAuditLogLoop;
import io.github.camelgitpod.benchmarks.reader.GitpodAuditLogRoute;
import io.github.camelgitpod.benchmarks.reader.HttpAuditLogRoute;
import io.github.camelgitpod.benchmarks.reader.Reader;

/**
 * How many entries a second, where the network costs nothing: from a server that compresses for those who accept it, as they
 * do; and from one that does not, since on one machine the compressor takes more than the readers do.
 */
final class EntriesPart implements Part {
    private static final int WARM_UPS = 6;

    private final Reader bare = new BareAuditLogLoop();
    private final Reader http = new HttpAuditLogRoute("camel-http route", true);
    private final Reader maps = new HttpAuditLogRoute("camel-http route, JSON as maps", false);
    private final Reader single = new GitpodAuditLogRoute("gitpod:auditLogs", "");
    private final Reader batches = new GitpodAuditLogRoute("gitpod:auditLogs, batching", "batching=true");
    private final Reader onDisk = GitpodAuditLogRoute.withStateDirectory("gitpod:auditLogs, stateDirectory", "");
    private final Reader[] all = {bare, http, maps, single, batches, onDisk};

    @Override
    public void measure(Bench bench) throws Exception {
        int entries = bench.full() ? 200_000 : 100_000;
        Report report = bench.report();
        bench.server().uniform(entries);
        bench.auditLog(entries, WARM_UPS, all);
        Bench.Laps laps = bench.auditLog(entries, bench.rounds(), all);
        for (Reader reader : all) {
            report.figure(reader.name(), laps.rate(reader), "entries/s");
        }
        for (Reader reader : all) {
            report.figure(reader.name() + ", CPU per entry", laps.cpu(reader), "us");
        }
        Sample floor = laps.rate(bare);
        report.atLeast(0.7, "one exchange each, vs bare loop", laps.rate(single).by(floor), "");
        report.atLeast(0.95, "batching, vs bare loop", laps.rate(batches).by(floor), "");
        report.atLeast(
                3, "one exchange each, vs camel-http route", laps.rate(single).by(laps.rate(http)), "");
        report.figure(
                "one exchange each, vs camel-http route, JSON as maps",
                laps.rate(single).by(laps.rate(maps)),
                "");

        bench.server().uncompressed(entries);
        Bench.Laps raw = bench.auditLog(entries, bench.rounds(), bare, http, single, batches);
        report.figure("not compressed: bare loop", raw.rate(bare), "entries/s");
        report.figure(
                "not compressed: one exchange each, vs bare loop",
                raw.rate(single).by(raw.rate(bare)),
                "");
        report.figure(
                "not compressed: batching, vs bare loop", raw.rate(batches).by(raw.rate(bare)), "");
        report.figure(
                "not compressed: one exchange each, vs camel-http route",
                raw.rate(single).by(raw.rate(http)),
                "");
    }
}
