package io.github.camelgitpod.benchmarks;

import io.github.camelgitpod.benchmarks.reader.BareEventLoop;
import io.github.camelgitpod.benchmarks.reader.GitpodEventRoute;
import io.github.camelgitpod.benchmarks.reader.HttpEventRoute;
import io.github.camelgitpod.benchmarks.reader.Reader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How many events a second, where the server always has more; and how much later one event comes, where it has few. */
final class EventsPart implements Part {
    private static final int WARM_UPS = 2;
    private static final int PER_SECOND = 500;

    private final Reader bare = new BareEventLoop();
    private final Reader http = new HttpEventRoute();
    private final Reader ours = new GitpodEventRoute("gitpod:events", false);
    private final Reader batches = new GitpodEventRoute("gitpod:events, batching", true);

    @Override
    public void measure(Bench bench) throws Exception {
        rate(bench);
        latency(bench);
    }

    private void rate(Bench bench) throws Exception {
        int events = bench.full() ? 1_000_000 : 300_000;
        bench.events(events, WARM_UPS, bare, http, ours, batches);
        Bench.Laps laps = bench.events(events, bench.rounds(), bare, http, ours, batches);
        Report report = bench.report();
        for (Reader reader : List.of(bare, http, ours, batches)) {
            report.figure(reader.name(), laps.rate(reader), "events/s");
            report.figure(reader.name() + ", CPU per event", laps.cpu(reader), "us");
        }
        Sample mine = laps.rate(ours);
        report.atLeast(0.7, "events/s vs bare loop", mine.by(laps.rate(bare)), "");
        report.atLeast(
                0.7, "events/s, batching, vs bare loop", laps.rate(batches).by(laps.rate(bare)), "");
        report.figure("events/s vs camel-http route", mine.by(laps.rate(http)), "");
    }

    private void latency(Bench bench) throws Exception {
        int events = bench.full() ? 2_500 : 1_500;
        latency(bench, bare, events);
        latency(bench, ours, events);
        List<Double> medians = new ArrayList<>();
        List<Double> tails = new ArrayList<>();
        List<Double> floor = new ArrayList<>();
        for (int round = 0; round < bench.rounds(); round++) {
            Latencies least = latency(bench, bare, events);
            Latencies measured = latency(bench, ours, events);
            floor.add(least.millis(0.5));
            medians.add(measured.millis(0.5) - least.millis(0.5));
            tails.add(measured.millis(0.99) - least.millis(0.99));
        }
        Report report = bench.report();
        report.figure("event, latency of the bare loop, median", Sample.of(floor), "ms");
        report.atMost(1, "event, added latency, median", Sample.of(medians), "ms");
        report.atMost(5, "event, added latency, 99th percentile", Sample.of(tails), "ms");
    }

    private static Latencies latency(Bench bench, Reader reader, int events) throws Exception {
        Latencies latencies = new Latencies(events);
        try (Reader.Reading reading = reader.open(bench.server().address(), latencies)) {
            reading.begin();
            bench.server().awaitStream();
            bench.server().trickle(events, PER_SECOND);
            latencies.order().await(Duration.ofMinutes(1));
            bench.server().endStreams();
        }
        latencies.order().verify();
        return latencies;
    }
}
