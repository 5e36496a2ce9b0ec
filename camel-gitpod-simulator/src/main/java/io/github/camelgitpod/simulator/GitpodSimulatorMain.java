package io.github.camelgitpod.simulator;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a simulator from the command line until it is interrupted. */
@Command(
        name = "gitpod-simulator",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "A stand-in for Gitpod's EventService with an organization that lives.")
public final class GitpodSimulatorMain implements Callable<Integer> {

    @Option(names = "--port", defaultValue = "8899", description = "Port to listen on; 0 for any free one.")
    private int port;

    @Option(names = "--seed", defaultValue = "1", description = "Same seed, same organization.")
    private long seed;

    @Option(names = "--history", defaultValue = "1000", description = "Audit-log entries before the start.")
    private int history;

    @Option(names = "--live-rate", defaultValue = "1", description = "Audit-log entries a second after the start.")
    private double liveRate;

    @Option(names = "--token", description = "Access token to accept. Default: a random one, which is printed.")
    private String token;

    @Option(
            names = "--epoch",
            description = "When the organization's life begins, such as 2026-01-01T00:00:00Z; replaces --history.")
    private Instant epoch;

    @Spec
    private CommandSpec spec;

    private GitpodSimulatorMain() {}

    /**
     * Runs a simulator.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        // There is no logging back end in the standalone jar, and no need to say so.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new GitpodSimulatorMain());
    }

    @Override
    public Integer call() throws InterruptedException {
        GitpodSimulator simulator;
        try {
            simulator = GitpodSimulator.builder()
                    .port(port)
                    .seed(seed)
                    .history(history)
                    .epoch(epoch)
                    .liveRate(liveRate)
                    .accessToken(token)
                    .start();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        try (simulator) {
            introduce(simulator, spec.commandLine().getOut());
            new CountDownLatch(1).await();
        }
        return 0;
    }

    private void introduce(GitpodSimulator simulator, PrintWriter out) {
        out.println("Base URL:      " + simulator.baseUrl());
        // A token that was given is known to its giver and stays out of the terminal's history.
        out.println("Access token:  " + (token == null ? simulator.accessToken() : "as given"));
        out.println("Organization:  " + simulator.organizationId() + ", since "
                + simulator.organization().epoch() + ", " + simulator.auditLog().size() + " audit-log entries");
        out.println();
        out.println("Point a route at it:");
        out.println("  export GITPOD_BASE_URL=" + simulator.baseUrl());
        out.println("  export GITPOD_API_KEY=" + (token == null ? simulator.accessToken() : "<the token>"));
        out.println("  from(\"gitpod:auditLogs?from=beginning\")");
        out.println("  from(\"gitpod:events\")");
        out.println();
        out.println("Interrupt it to end it.");
        out.flush();
    }
}
