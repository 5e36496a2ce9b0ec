package io.github.camelgitpod.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the first 100,000 entries of a process cost, when no class is loaded and nothing compiled yet: a process for each
 * reading. Its processor time tells more than the clock, since the compiler works beside those who read.
 */
final class ColdPart implements Part {
    private static final int ENTRIES = 100_000;
    private static final int WARM_UPS = 3;

    /** The figures that {@link ColdProcess} answers, in its order. */
    private enum Figure {
        CPU_OF_PROCESS("CPU from the start of the process"),
        CPU_OF_READING("CPU from the start of the route"),
        TIME_OF_PROCESS("time from the start of the process"),
        TIME_OF_READING("time from the start of the route");

        private final String text;

        Figure(String text) {
            this.text = text;
        }
    }

    @Override
    public void measure(Bench bench) {
        bench.server().uniform(ENTRIES);
        for (int i = 0; i < WARM_UPS; i++) {
            // It is the server that warms up.
            read(bench, ColdProcess.Kind.BARE);
        }
        Map<ColdProcess.Kind, List<double[]>> readings = new EnumMap<>(ColdProcess.Kind.class);
        for (int round = 0; round < bench.rounds(); round++) {
            for (ColdProcess.Kind kind : ColdProcess.Kind.values()) {
                readings.computeIfAbsent(kind, none -> new ArrayList<>()).add(read(bench, kind));
            }
        }
        for (Figure figure : Figure.values()) {
            for (ColdProcess.Kind kind : ColdProcess.Kind.values()) {
                String what = "first 100,000, " + kind.reader().name() + ", " + figure.text;
                Sample sample = sample(readings.get(kind), figure);
                bench.report().figure(what, sample, "s");
                if (kind != ColdProcess.Kind.BARE) {
                    Sample floor = sample(readings.get(ColdProcess.Kind.BARE), figure);
                    bench.report().figure("the same, vs bare loop", sample.by(floor), "");
                }
            }
        }
    }

    private static double[] read(Bench bench, ColdProcess.Kind kind) {
        try (ChildProcess child = ChildProcess.start(ColdProcess.class, "-Xmx512m")) {
            String answer =
                    child.ask(kind + " " + MemoryPart.text(bench.server().address()) + " " + ENTRIES);
            return Arrays.stream(answer.split(" "))
                    .mapToDouble(nanos -> Long.parseLong(nanos) / 1e9)
                    .toArray();
        }
    }

    private static Sample sample(List<double[]> readings, Figure figure) {
        return Sample.of(
                readings.stream().map(reading -> reading[figure.ordinal()]).toList());
    }
}
