package io.github.camelgitpod.benchmarks;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The JMH benchmarks: what the parts of an entry's and an event's way cost, each by itself. */
final class MicroPart implements Part {

    @Override
    public void measure(Bench bench) throws Exception {
        OptionsBuilder options = new OptionsBuilder();
        options.include("io\\.github\\.camelgitpod\\..*Benchmark\\.")
                .forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(bench.rounds())
                .measurementTime(TimeValue.seconds(1));
        for (RunResult result : new Runner(options.build()).run()) {
            String name = result.getParams().getBenchmark().replaceAll(".*\\.(\\w+)Benchmark\\.", "$1, ");
            String ids = result.getParams().getParam("ids");
            double[] values = result.getAggregatedResult().getIterationResults().stream()
                    .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
                    .toArray();
            bench.report()
                    .figure(
                            "JMH: " + name + (ids == null ? "" : " of " + ids + " ids"),
                            Sample.of(values),
                            result.getPrimaryResult().getScoreUnit());
        }
    }
}
