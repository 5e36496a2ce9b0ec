package io.github.camelgitpod.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table: what was measured, with its target where there is one, as medians with the smallest and the largest value. */
final class Report {
    private static final String FORMAT = "%-84s %8s %10s %24s  %s%n";

    private record Row(String what, String target, Sample sample, String unit, String verdict) {}

    private final PrintStream progress;
    private final List<Row> rows = new ArrayList<>();

    /** @param progress told each row as soon as it is known */
    Report(PrintStream progress) {
        this.progress = progress;
    }

    /** A figure without a target. */
    void figure(String what, Sample sample, String unit) {
        add(new Row(what, "", sample, unit, ""));
    }

    /** A figure whose median has to be so large. */
    void atLeast(double target, String what, Sample sample, String unit) {
        add(new Row(what, ">= " + number(target), sample, unit, verdict(sample.median() >= target)));
    }

    /** A figure whose median may be so large. */
    void atMost(double target, String what, Sample sample, String unit) {
        add(new Row(what, "<= " + number(target), sample, unit, verdict(sample.median() <= target)));
    }

    void print(PrintStream out) {
        out.printf(FORMAT, "what", "target", "median", "(smallest to largest)", "");
        rows.forEach(row -> print(row, out));
    }

    private void add(Row row) {
        rows.add(row);
        print(row, progress);
    }

    private static String verdict(boolean reached) {
        return reached ? "reached" : "NOT REACHED";
    }

    private static void print(Row row, PrintStream out) {
        Sample sample = row.sample();
        out.printf(
                FORMAT,
                row.what() + (row.unit().isEmpty() ? "" : ", " + row.unit()),
                row.target(),
                number(sample.median()),
                "(" + number(sample.min()) + " to " + number(sample.max()) + ")",
                row.verdict());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 1_000 ? "%,.0f" : "%.2f", value);
    }
}
