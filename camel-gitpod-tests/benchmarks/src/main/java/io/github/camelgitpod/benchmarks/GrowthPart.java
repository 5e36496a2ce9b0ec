package io.github.camelgitpod.benchmarks;

import io.github.camelgitpod.benchmarks.reader.BareAuditLogLoop;
import io.github.camelgitpod.benchmarks.reader.GitpodAuditLogRoute;
import io.github.camelgitpod.benchmarks.reader.Reader;

/** What an entry costs as there are more of them. */
final class GrowthPart implements Part {
    private static final int WARM_UPS = 100;
    private static final int[] SIZES = {10_000, 100_000, 1_000_000};

    @Override
    public void measure(Bench bench) throws Exception {
        Reader bare = new BareAuditLogLoop();
        Reader ours = new GitpodAuditLogRoute("gitpod:auditLogs", "");
        for (int entries : SIZES) {
            bench.server().uniform(entries);
            // With the first size, so that all have as much of it.
            bench.auditLog(entries, entries == SIZES[0] ? WARM_UPS : 0, bare, ours);
            Bench.Laps laps = bench.auditLog(entries, entries < 1_000_000 ? bench.rounds() : 1, bare, ours);
            String of = String.format(" of %,d entries", entries);
            bench.report().figure("bare loop" + of, laps.rate(bare), "entries/s");
            bench.report().figure("gitpod:auditLogs" + of, laps.rate(ours), "entries/s");
            bench.report()
                    .figure("requests per page of 100" + of, laps.requests(ours).by(entries / 100.0), "");
        }
    }
}
