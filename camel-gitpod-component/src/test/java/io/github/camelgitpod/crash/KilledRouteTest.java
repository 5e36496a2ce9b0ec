package io.github.camelgitpod.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.state.FailPoints;
import io.github.camelgitpod.testing.GitpodTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A process with a route is killed by SIGKILL, at random moments and at each fail point, and started again. What the
 * simulator ever made visible is compared with what the route got. {@code -Dgitpod.kills} sets the number of kills; the
 * figures are in the test's output.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "There is no SIGKILL")
@Tag("T2")
@Tag("T3")
@Tag("engine")
class KilledRouteTest {
    private static final int KILLS = Integer.getInteger("gitpod.kills", 12);
    private static final long SEED = Long.getLong("gitpod.seed", System.nanoTime());
    private static final String AT_START = "at the start";
    private static final String AT_RANDOM = "at random";

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();
    private final Path directory = gitpod.directory();

    @Test
    void nothingIsLostHoweverOftenTheProcessIsKilled() throws Exception {
        Random random = new Random(SEED);
        Deliveries deliveries = new Deliveries(directory);
        List<String> moments = moments();
        long begin = System.nanoTime();
        trouble();
        try (Feed feed = new Feed(simulator, SEED)) {
            for (int kill = 0; kill < KILLS; kill++) {
                runAndKill(deliveries, moments.get(kill % moments.size()), random);
            }
        }
        simulator.trouble().clear();
        drain(deliveries);

        Set<String> lost = new HashSet<>(simulator.auditLog().ids());
        lost.removeAll(deliveries.ids());
        List<Long> recoveries = deliveries.recoveries();
        System.out.printf(
                "kills %d, entries %d, lost %d, duplicates %d, at most %d per kill and %d in one run, recovery ms median %d most %d,"
                        + " seconds %d, seed %d%n",
                KILLS,
                simulator.auditLog().size(),
                lost.size(),
                deliveries.duplicates(),
                deliveries.mostDuplicatesPerKill(),
                deliveries.mostDuplicatesInARun(),
                recoveries.get(recoveries.size() / 2),
                recoveries.get(recoveries.size() - 1),
                Duration.ofNanos(System.nanoTime() - begin).toSeconds(),
                SEED);
        assertThat(lost).as("lost, seed %s", SEED).isEmpty();
        assertThat(deliveries.ids())
                .as("delivered")
                .containsExactlyInAnyOrderElementsOf(simulator.auditLog().ids());
        assertThat(deliveries.duplicates())
                .as("duplicates, seed %s", SEED)
                .isLessThanOrEqualTo(KILLS * CrashRoute.COMMIT_EVERY);
        assertThat(deliveries.duplicatesWithoutKill())
                .as("delivered twice by one process, seed %s", SEED)
                .isZero();
        assertThat(deliveries.mostDuplicatesPerKill())
                .as("duplicates of one kill, seed %s", SEED)
                .isLessThanOrEqualTo(CrashRoute.COMMIT_EVERY);
        stopAndRestartRepeatsNothing(deliveries);
    }

    @Test
    void aKillBeforeTheFirstSaveAfterAnotherOneCostsNoMoreThanItsOwn() throws Exception {
        Deliveries deliveries = new Deliveries(directory);
        Instant hourAgo = simulator.now().minus(1, ChronoUnit.HOURS);
        for (int i = 0; i < 200; i++) {
            simulator.auditLog().add(Entry.at(hourAgo.plusSeconds(i)));
        }
        killAt(CrashRoute.DELIVERED, CrashRoute.COMMIT_EVERY);
        deliveries.read(0);
        // These come first the next time, so that it does not get to what the first run delivered last.
        for (int i = 1; i <= 20; i++) {
            simulator.auditLog().add(Entry.at(hourAgo.minusSeconds(i)));
        }
        killAt(CrashRoute.DELIVERED, CrashRoute.COMMIT_EVERY);
        deliveries.read(0);
        drain(deliveries);

        assertThat(deliveries.ids())
                .containsExactlyInAnyOrderElementsOf(simulator.auditLog().ids());
        assertThat(deliveries.mostDuplicatesInARun()).isEqualTo(70);
        assertThat(deliveries.mostDuplicatesPerKill()).isEqualTo(CrashRoute.COMMIT_EVERY);
        assertThat(deliveries.duplicates()).isEqualTo(2 * CrashRoute.COMMIT_EVERY);
    }

    @Test
    void aSecondProcessOnTheSameStateIsToldAndAKillLeavesNoLock() throws Exception {
        try (Child first = start();
                Child second = startAfter(first)) {
            String told = second.awaitLine(line -> line.startsWith(CrashRoute.FAILED));
            assertThat(told)
                    .contains("audit/auditLogs", "stateDirectory=" + directory.resolve("state"))
                    .contains("in use by another consumer");
            assertThat(second.exitCode()).isEqualTo(1);
            first.kill();
        }
        try (Child third = start()) {
            third.awaitLine(CrashRoute.STARTED::equals);
        }
    }

    /** Each fail point once in a round, and the others as often as needed to make it twelve. */
    private static List<String> moments() {
        List<String> moments = new ArrayList<>(List.of(AT_RANDOM, CrashRoute.DELIVERED, AT_START));
        moments.addAll(FailPoints.names());
        return moments;
    }

    private void trouble() {
        simulator.trouble().on("ListAuditLogs").probability(0.04, SEED).respond(503, "unavailable", "later");
        simulator.trouble().on("ListAuditLogs").probability(0.04, SEED + 1).reset();
    }

    private void runAndKill(Deliveries deliveries, String moment, Random random) throws Exception {
        long startedAt = System.currentTimeMillis();
        switch (moment) {
            case AT_START -> {
                try (Child child = start()) {
                    child.letRun(random.nextInt(1_500));
                    child.kill();
                }
            }
            case AT_RANDOM -> {
                try (Child child = start()) {
                    child.awaitLine(CrashRoute.DELIVERING::equals);
                    child.letRun(random.nextInt(400));
                    child.kill();
                }
            }
            case CrashRoute.DELIVERED -> killAt(moment, 1 + random.nextInt(2 * CrashRoute.COMMIT_EVERY));
            default -> killAt(moment, FailPoints.isOfEachSave(moment) ? 1 + random.nextInt(3) : 1);
        }
        deliveries.read(startedAt);
    }

    private void killAt(String failPoint, int times) throws Exception {
        try (Child child = Child.start(simulator, directory, failPoint, times)) {
            child.awaitLine((CrashRoute.AT + failPoint)::equals);
            child.kill();
        }
    }

    /** One more run, which is not killed, until nothing is missing. */
    private void drain(Deliveries deliveries) throws Exception {
        long startedAt = System.currentTimeMillis();
        try (Child child = start()) {
            child.awaitLine(CrashRoute.STARTED::equals);
            // A run that repeats some and brings the last new ones counts as one.
            Deliveries soFar = new Deliveries(directory);
            try {
                await().atMost(Duration.ofMinutes(1)).until(() -> {
                    soFar.read(startedAt);
                    return soFar.ids().size() >= simulator.auditLog().size() || !child.isAlive();
                });
            } catch (ConditionTimeoutException e) {
                // What is missing by now is lost; how many that are is told with the other figures.
            }
            child.stop();
        }
        deliveries.read(startedAt);
    }

    private void stopAndRestartRepeatsNothing(Deliveries deliveries) throws Exception {
        int before = deliveries.duplicates();
        try (Child child = start()) {
            long polls = simulator.requests().count("ListAuditLogs");
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> simulator.requests().count("ListAuditLogs") >= polls + 3);
            child.stop();
        }
        deliveries.read(System.currentTimeMillis());
        assertThat(deliveries.duplicates()).as("duplicates after a stop").isEqualTo(before);
    }

    private Child start() throws IOException {
        return Child.start(simulator, directory, CrashRoute.NONE, 0);
    }

    private Child startAfter(Child other) throws Exception {
        other.awaitLine(CrashRoute.STARTED::equals);
        return start();
    }
}
