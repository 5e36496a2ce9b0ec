package io.github.camelgitpod.benchmarks;

import io.github.camelgitpod.transform.TransformBenchmark;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** How many entries one core writes in each form: by the thread's processor time, which other processes do not disturb. */
final class FormsPart implements Part {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int ENTRIES = 200_000;

    @Override
    public void measure(Bench bench) throws Exception {
        TransformBenchmark form = new TransformBenchmark();
        bench.report().atLeast(100_000, "entries/s of one core, as ECS", rates(form::ecs, bench.rounds()), "");
        Map<String, Callable<?>> others = new LinkedHashMap<>();
        others.put("OCSF", form::ocsf);
        others.put("OTLP", form::otlp);
        others.put("CloudEvents in JSON", form::cloudEvents);
        others.put("CloudEvents' headers", form::cloudEventHeaders);
        others.put("lines of the server's text", form::ownLines);
        for (Map.Entry<String, Callable<?>> other : others.entrySet()) {
            bench.report().figure("the same, as " + other.getKey(), rates(other.getValue(), bench.rounds()), "");
        }
    }

    private static Sample rates(Callable<?> oneEntry, int rounds) throws Exception {
        // The first round is for the compiler.
        double[] rates = new double[rounds + 1];
        for (int round = 0; round < rates.length; round++) {
            long start = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < ENTRIES; i++) {
                oneEntry.call();
            }
            rates[round] = ENTRIES * 1e9 / (THREADS.getCurrentThreadCpuTime() - start);
        }
        return Sample.of(IntStream.rangeClosed(1, rounds)
                .mapToDouble(round -> rates[round])
                .toArray());
    }
}
