package io.github.camelgitpod.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The same thing, measured several times. */
record Sample(double[] values) {

    static Sample of(double... values) {
        return new Sample(values);
    }

    static Sample of(List<Double> values) {
        return new Sample(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    Sample by(double divisor) {
        return new Sample(Arrays.stream(values).map(value -> value / divisor).toArray());
    }

    /** Each of these by that one of the same round: what slows the machine down for a while slows both. */
    Sample by(Sample other) {
        return new Sample(IntStream.range(0, values.length)
                .mapToDouble(i -> values[i] / other.values[i])
                .toArray());
    }

    double median() {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double min() {
        return Arrays.stream(values).min().orElseThrow();
    }

    double max() {
        return Arrays.stream(values).max().orElseThrow();
    }
}
