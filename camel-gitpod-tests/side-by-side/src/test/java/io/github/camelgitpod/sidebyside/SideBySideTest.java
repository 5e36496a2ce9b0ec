package io.github.camelgitpod.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.examples.forwarder.Forwarder;
import io.github.camelgitpod.simulator.GitpodSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The forwarder and a poller of the usual kind read the same organization at the same time, and are killed at the same moments.
 * {@code -Dgitpod.rounds} sets how often they are killed; the table is in the test's output.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "There is no SIGKILL")
class SideBySideTest {
    private static final int ROUNDS = Integer.getInteger("gitpod.rounds", 1);
    private static final long SEED = Long.getLong("gitpod.seed", System.nanoTime());
    private static final int DELAY_MILLIS = 200;
    private static final Duration LATENESS = Duration.ofMillis(1_000);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    @Test
    void theForwarderLosesNothingWhereAPlainPollerLosesWhatComesLate() throws Exception {
        try (GitpodSimulator simulator = GitpodSimulator.start()) {
            String from = simulator.now().toString();
            try (Contender forwarder = forwarder(simulator, from);
                    Contender poller = poller(simulator, from)) {
                Set<String> late = run(simulator, forwarder, poller);
                List<String> had = simulator.auditLog().ids();
                Outcome ours = Outcome.of(forwarder, had, late);
                Outcome theirs = Outcome.of(poller, had, late);
                System.out.print(Outcome.table(ours, theirs));

                assertThat(ours.lost())
                        .as("lost by the forwarder, seed %s", SEED)
                        .isZero();
                assertThat(theirs.lost())
                        .as("lost by the plain poller, seed %s", SEED)
                        .isPositive();
            }
        }
    }

    private Contender forwarder(GitpodSimulator simulator, String from) throws IOException {
        Path own = directory.resolve("forwarder");
        Map<String, String> settings = Map.of(
                "FORWARDER_FILE_PATH",
                Contender.arrivals(own).toString(),
                "FORWARDER_STATE_DIRECTORY",
                own.resolve("state").toString(),
                "FORWARDER_FROM",
                from,
                "FORWARDER_DELAY",
                DELAY_MILLIS + "ms",
                "FORWARDER_LOOKBACK",
                "2s",
                "FORWARDER_HEALTH_PORT",
                "0");
        return new Contender("forwarder", Forwarder.class, simulator, own, settings);
    }

    private Contender poller(GitpodSimulator simulator, String from) throws IOException {
        Path own = directory.resolve("poller");
        return new Contender(
                "plain poller",
                PlainPoller.class,
                simulator,
                own,
                Map.of(),
                own.resolve("place").toString(),
                Contender.arrivals(own).toString(),
                from,
                String.valueOf(DELAY_MILLIS));
    }

    private static Set<String> run(GitpodSimulator simulator, Contender... contenders) throws Exception {
        Random random = new Random(SEED);
        BusyOrganization organization = new BusyOrganization(simulator, LATENESS, SEED);
        try (organization) {
            for (int round = 0; round < ROUNDS; round++) {
                for (Contender contender : contenders) {
                    contender.start();
                }
                awaitNews(simulator, contenders);
                int millis = random.nextInt(2 * DELAY_MILLIS);
                for (Contender contender : contenders) {
                    contender.kill(millis);
                }
            }
            for (Contender contender : contenders) {
                contender.start();
            }
            awaitNews(simulator, contenders);
        }
        await().atMost(PATIENCE).until(organization::isSettled);
        awaitAll(simulator, contenders);
        return organization.late();
    }

    /** Until each has got what was not there when it was called. */
    private static void awaitNews(GitpodSimulator simulator, Contender... contenders) {
        Instant now = simulator.now();
        await().atMost(PATIENCE).until(() -> {
            Set<String> before = Set.copyOf(simulator.auditLog().entries().stream()
                    .filter(entry -> entry.time().isBefore(now))
                    .map(entry -> entry.id())
                    .toList());
            for (Contender contender : contenders) {
                contender.assertRuns();
                if (before.containsAll(contender.arrived())) {
                    return false;
                }
            }
            return true;
        });
    }

    /** What is missing after that is lost. */
    private static void awaitAll(GitpodSimulator simulator, Contender... contenders) throws Exception {
        long polls = simulator.requests().count("ListAuditLogs");
        try {
            await().atMost(Duration.ofSeconds(15)).until(() -> contenders[0]
                    .arrived()
                    .containsAll(simulator.auditLog().ids()));
        } catch (ConditionTimeoutException e) {
            System.out.println("Not all arrived: the table tells how many are lost.");
        }
        await().atMost(PATIENCE).until(() -> simulator.requests().count("ListAuditLogs") >= polls + 6);
    }
}
