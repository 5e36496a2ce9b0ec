package io.github.camelgitpod.examples.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** The demo, as started by {@code mvn -q -Ddemo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Audit log to a file, events to the console: of a simulated organization, or with GITPOD_API_KEY"
                + " (or ONA_API_KEY, or ONA_TOKEN) set, of the real one. Ctrl-C ends it. The exit status is 0 when the audit log was"
                + " read and the file holds what it should.")
public final class DemoCommand implements Callable<Integer> {
    private static final double LIVE_RATE = 5;

    @Option(names = "--seconds", paramLabel = "N", description = "Stop after so many seconds. Default: run on.")
    private int seconds;

    @Option(
            names = "--history",
            paramLabel = "N",
            defaultValue = "10000",
            description = "How many entries a new simulated organization begins with. Default: ${DEFAULT-VALUE}")
    private int history;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Where the file and the cursor are"
                    + " kept; of a real organization in its directory gitpod. Default: ${DEFAULT-VALUE}")
    private Path data;

    /** @param args see {@code --help} */
    public static void main(String... args) {
        int status = new CommandLine(new DemoCommand()).execute(args);
        if (status != 0) {
            System.exit(status);
        }
    }

    @Override
    public Integer call() throws Exception {
        boolean simulated = Stream.of("GITPOD_API_KEY", "ONA_API_KEY", "ONA_TOKEN")
                .map(System::getenv)
                .allMatch(Objects::isNull);
        // Apart, since a cursor means nothing in another organization, and real entries are nobody else's business.
        Demo demo = new Demo(
                new DemoSettings(
                        simulated,
                        simulated ? data : data.resolve("gitpod"),
                        Duration.ofSeconds(seconds),
                        Duration.ofSeconds(simulated ? 1 : 30),
                        history,
                        LIVE_RATE,
                        Map.of()),
                System.out);
        stopOnCtrlC(demo);
        try {
            DemoResult result = demo.run();
            new Summary(System.out).tell(result);
            return result.isGood() ? 0 : 1;
        } catch (DemoException e) {
            System.out.println(e.getMessage());
            return 1;
        }
    }

    /** No shutdown hook, since Maven has one too, which closes the console before the summary is told. */
    private static void stopOnCtrlC(Demo demo) {
        Signal.handle(new Signal("INT"), signal -> {
            demo.stop();
            Signal.handle(signal, SignalHandler.SIG_DFL);
        });
    }
}
