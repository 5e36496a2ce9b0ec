package io.github.camelgitpod.examples.dashboard;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** The live page, as started by {@code mvn -q -Ddashboard}. */
@Command(
        name = "dashboard",
        mixinStandardHelpOptions = true,
        description =
                "A page that shows the audit log and the events as they come: of a simulated organization, or with"
                        + " GITPOD_API_KEY (or ONA_API_KEY, or ONA_TOKEN) set, of the real one. Only this machine can open it. Ctrl-C"
                        + " ends it.")
public final class DashboardCommand implements Callable<Integer> {
    private static final int HISTORY = 9_000;
    private static final double LIVE_RATE = 2;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8420",
            description = "Where the page is served on 127.0.0.1. Default: ${DEFAULT-VALUE}")
    private int port;

    /** @param args see {@code --help} */
    public static void main(String... args) {
        int status = new CommandLine(new DashboardCommand()).execute(args);
        if (status != 0) {
            System.exit(status);
        }
    }

    @Override
    public Integer call() throws Exception {
        boolean simulated = Stream.of("GITPOD_API_KEY", "ONA_API_KEY", "ONA_TOKEN")
                .map(System::getenv)
                .allMatch(Objects::isNull);
        CountDownLatch stop = new CountDownLatch(1);
        // No shutdown hook, since Maven has one too, which ends the process at once. A second signal ends it as it is.
        for (String name : List.of("INT", "TERM")) {
            Signal.handle(new Signal(name), signal -> {
                stop.countDown();
                Signal.handle(signal, SignalHandler.SIG_DFL);
            });
        }
        try (SimulatedOrganization organization = simulated ? SimulatedOrganization.start(HISTORY, LIVE_RATE) : null;
                Dashboard dashboard = Dashboard.start(port, simulated ? organization.properties() : Map.of())) {
            System.out.printf(
                    "The page is at %s (%s). Ctrl-C ends it.%n",
                    dashboard.address(), simulated ? "a simulated organization" : "your organization");
            stop.await();
            return 0;
        } catch (DashboardException e) {
            System.out.println(e.getMessage());
            return 1;
        }
    }
}
