package io.github.camelgitpod.benchmarks;

import io.github.camelgitpod.benchmarks.reader.BareAuditLogLoop;
import io.github.camelgitpod.benchmarks.reader.GitpodAuditLogRoute;
import io.github.camelgitpod.benchmarks.reader.HttpAuditLogRoute;
import io.github.camelgitpod.benchmarks.reader.Reader;
import java.time.Duration;

/**
 * How many entries a second, where each page takes a round trip. One that reads page after page has the same rate however
 * many there are, so it reads fewer; reading ahead needs some to get going.
 */
final class RoundTripsPart implements Part {
    private static final int WARM_UP_ENTRIES = 200_000;

    private static final Reader BARE = new BareAuditLogLoop();
    private static final Reader HTTP = new HttpAuditLogRoute("camel-http route", true);
    private static final Reader ONE =
            new GitpodAuditLogRoute("gitpod:auditLogs, 1 concurrent request", "concurrentRequests=1");
    private static final Reader FOUR = new GitpodAuditLogRoute("gitpod:auditLogs, 4 (default)", "");
    private static final Reader EIGHT = new GitpodAuditLogRoute("gitpod:auditLogs, 8", "concurrentRequests=8");

    @Override
    public void measure(Bench bench) throws Exception {
        bench.server().uniform(WARM_UP_ENTRIES);
        bench.auditLog(WARM_UP_ENTRIES, 2, BARE, HTTP, ONE, FOUR, EIGHT);
        measure(bench, Duration.ofMillis(20));
        measure(bench, Duration.ofMillis(100));
    }

    private static void measure(Bench bench, Duration roundTrip) throws Exception {
        int few = bench.full() ? 10_000 : 5_000;
        int many = bench.full() ? 200_000 : 100_000;
        String at = " at " + roundTrip.toMillis() + " ms";
        Report report = bench.report();

        bench.server().uniform(few);
        bench.server().roundTrip(roundTrip);
        Bench.Laps sequential = bench.auditLog(few, 1, BARE, HTTP, ONE);
        bench.server().uniform(many);
        bench.server().roundTrip(roundTrip);
        Bench.Laps uniform = bench.auditLog(many, 1, FOUR, EIGHT);
        bench.server().bursts(few);
        bench.server().roundTrip(roundTrip);
        Bench.Laps sequentialBursts = bench.auditLog(few, 1, ONE);
        bench.server().bursts(many);
        bench.server().roundTrip(roundTrip);
        Bench.Laps bursts = bench.auditLog(many, 1, EIGHT);

        report.figure(BARE.name() + at, sequential.rate(BARE), "entries/s");
        report.figure(HTTP.name() + at, sequential.rate(HTTP), "entries/s");
        report.figure(ONE.name() + at, sequential.rate(ONE), "entries/s");
        report.figure(FOUR.name() + at, uniform.rate(FOUR), "entries/s");
        report.figure(EIGHT.name() + at, uniform.rate(EIGHT), "entries/s");
        Sample even = uniform.rate(EIGHT).by(sequential.rate(ONE));
        Sample uneven = bursts.rate(EIGHT).by(sequentialBursts.rate(ONE));
        if (roundTrip.toMillis() == 100) {
            report.atLeast(7, "8 concurrent vs 1" + at, even, "");
            report.atLeast(4, "8 concurrent vs 1" + at + ", 70 % in bursts", uneven, "");
        } else {
            report.figure("8 concurrent vs 1" + at, even, "");
            report.figure("8 concurrent vs 1" + at + ", 70 % in bursts", uneven, "");
        }
        double pages = many / 100.0;
        report.atMost(
                1.05,
                "requests per page of 100" + at + ", 1",
                sequential.requests(ONE).by(few / 100.0),
                "");
        report.atMost(
                1.15,
                "requests per page of 100" + at + ", 8",
                uniform.requests(EIGHT).by(pages),
                "");
        report.figure(
                "requests per page of 100" + at + ", 8, 70 % in bursts",
                bursts.requests(EIGHT).by(pages),
                "");
    }
}
