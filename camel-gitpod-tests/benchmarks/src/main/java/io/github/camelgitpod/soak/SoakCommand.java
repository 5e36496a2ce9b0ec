package io.github.camelgitpod.soak;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;

/** The soak, as started by {@code mvn -q -Dsoak=1h -pl camel-gitpod-tests/benchmarks -am}. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description =
                "Runs both consumers through everything at once, prints a table, and fails when something is lost or grows.")
final class SoakCommand implements Callable<Integer> {

    @Parameters(
            converter = DurationConverter.class,
            description =
                    "How long, such as 1h, 20m or 60s; 60s at least. Whether something grows is judged from 10m on.")
    private Duration duration;

    /** @param args see {@code --help} */
    public static void main(String... args) {
        System.exit(new CommandLine(new SoakCommand()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        List<String> complaints = new Soak(duration, System.out).run();
        complaints.forEach(complaint -> System.out.println("NOT WELL: " + complaint));
        System.out.println(complaints.isEmpty() ? "Nothing is lost, and nothing grows." : "The soak has failed.");
        return complaints.isEmpty() ? 0 : 1;
    }

    /** {@code 1h} in the words of {@link Duration#parse}. */
    private static final class DurationConverter implements ITypeConverter<Duration> {
        private static final Duration SHORTEST = Duration.ofSeconds(60);

        @Override
        public Duration convert(String value) {
            Duration duration = Duration.parse("PT" + value.toUpperCase(Locale.ROOT));
            if (duration.compareTo(SHORTEST) < 0) {
                throw new CommandLine.TypeConversionException("60s at least, not " + value);
            }
            return duration;
        }
    }
}
