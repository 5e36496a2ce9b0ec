package io.github.camelgitpod.benchmarks;

/**
 * What polls cost when there is nothing new, in a process that does nothing else. They follow each other faster than they
 * would, so that there are enough; the process's own idling is part of the figure.
 */
final class RestPart implements Part {
    private static final int FIRST = 50;

    @Override
    public void measure(Bench bench) {
        int polls = bench.full() ? 1_000 : 300;
        bench.server().uniform(10_000);
        try (ChildProcess child = ChildProcess.start(RestingProcess.class)) {
            child.ask("start " + MemoryPart.text(bench.server().address()));
            double cold = Double.parseDouble(child.ask("polls " + FIRST));
            bench.server().requests();
            double warm = Double.parseDouble(child.ask("polls " + polls));
            double requests = bench.server().requests();
            Report report = bench.report();
            report.atMost(1.01, "at rest, requests per poll", Sample.of(requests / polls), "");
            report.figure("at rest, CPU per poll, first " + FIRST + " of a process", Sample.of(cold), "ms");
            report.atMost(5, "at rest, CPU per poll, later", Sample.of(warm), "ms");
        }
    }
}
