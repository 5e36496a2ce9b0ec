package io.github.camelgitpod.benchmarks;

/** A part of the benchmark, with its rows of the table. */
interface Part {
    void measure(Bench bench) throws Exception;
}
