package io.github.camelgitpod.benchmarks;

import io.github.camelgitpod.benchmarks.server.ServerProcess;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The benchmark, as started by {@code mvn -q -Dbenchmark -pl camel-gitpod-tests/benchmarks -am}. */
@Command(
        name = "benchmark",
        mixinStandardHelpOptions = true,
        description = "Measures the component beside a bare loop and beside camel-http, and prints one table.")
final class BenchmarkCommand implements Callable<Integer> {

    private enum Form {
        SHORT,
        FULL,
        /** What Maven makes of an option without a value. */
        TRUE
    }

    private enum What {
        ENTRIES(EntriesPart::new),
        EVENTS(EventsPart::new),
        REST(RestPart::new),
        MEMORY(MemoryPart::new),
        ROUNDTRIPS(RoundTripsPart::new),
        GROWTH(GrowthPart::new),
        SAVES(SavesPart::new),
        FORMS(FormsPart::new),
        MICRO(MicroPart::new),
        MANY(ManyPart::new),
        IDLE(IdlePart::new),
        SIZING(SizingPart::new),
        COLD(ColdPart::new);

        private final Supplier<Part> part;

        What(Supplier<Part> part) {
            this.part = part;
        }
    }

    @Parameters(
            arity = "0..1",
            defaultValue = "SHORT",
            description =
                    "short: about four minutes, without GROWTH, SAVES, FORMS and MICRO; full: about thirteen, with 1 M entries and events. MANY, IDLE, SIZING and COLD are made when they are named only.")
    private Form form;

    @Option(names = "--only", split = ",", paramLabel = "PART", description = "Some parts: ${COMPLETION-CANDIDATES}.")
    private Set<What> only = EnumSet.noneOf(What.class);

    /** @param args see {@code --help} */
    public static void main(String... args) {
        System.exit(new CommandLine(new BenchmarkCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    private Set<What> parts() {
        if (!only.isEmpty()) {
            return EnumSet.copyOf(only);
        }
        return EnumSet.range(What.ENTRIES, form == Form.FULL ? What.MICRO : What.ROUNDTRIPS);
    }

    @Override
    public Integer call() throws Exception {
        Report report = new Report(System.err);
        try (ServerProcess server = new ServerProcess("3g")) {
            Bench bench = new Bench(server, report, form == Form.FULL);
            for (What what : parts()) {
                System.err.printf("%n%s%n", what);
                what.part.get().measure(bench);
            }
        }
        System.out.println();
        report.print(System.out);
        return 0;
    }
}
