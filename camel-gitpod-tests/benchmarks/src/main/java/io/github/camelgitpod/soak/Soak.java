package io.github.camelgitpod.soak;

import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.ServerKind;
import io.github.camelgitpod.testing.organization.Changes;
import io.github.camelgitpod.testing.organization.Changes.Change;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Everything at once for some time: an organization that changes, a server that fails, is upgraded and whose token is rotated; a process
 * that lives all the time and whose routes are restarted, and one that is killed again and again.
 */
final class Soak {
    private static final int INTERVALS = 12;
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(15);
    private static final int FAULTS_PER_ROUND = 6;
    private static final int ROUNDS_PER_TOKEN = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** The routes' lookback is 15 s. */
    private static final Changes.Pace PACE = new Changes.Pace(50, 1, 5, 9_000);

    private final Duration duration;
    private final PrintStream out;
    private final Random random = new Random(1);

    Soak(Duration duration, PrintStream out) {
        this.duration = duration;
        this.out = out;
    }

    /** What is wrong; empty: nothing. */
    List<String> run() throws Exception {
        Path directory = Files.createTempDirectory("soak");
        out.println("State, deliveries and logs are in " + directory);
        Duration interval = duration.dividedBy(INTERVALS);
        SoakReport report = new SoakReport(out, interval);
        GitpodSimulator.Builder server = GitpodSimulator.builder().history(500).serverKind(ServerKind.LEGACY_IGNORES);
        try (GitpodSimulator simulator = server.start();
                Changes changes = new Changes(simulator, PACE, 2);
                Child steady = new Child(simulator, directory.resolve("steady"));
                Child mortal = new Child(simulator, directory.resolve("mortal"))) {
            simulator.eventStreams().logging(false);
            Faults faults = new Faults(simulator, 3);
            long begin = System.nanoTime();
            awaitStreams(simulator, 2);
            changes.begin();
            Figures before = steady.figures();
            int rounds = 0;
            for (int i = 1; i <= INTERVALS; i++) {
                long end = begin + interval.toNanos() * i;
                int changesBefore = changes.soFar().size();
                while (System.nanoTime() < end) {
                    round(simulator, steady, mortal, faults, ++rounds, end);
                }
                Figures now = steady.figures();
                report.interval(now.since(before), changes.soFar().size() - changesBefore);
                before = now;
                if (i == INTERVALS / 3) {
                    simulator.serverKind(ServerKind.MODERN);
                    out.println("         the server is upgraded: it knows time ranges now");
                }
            }
            faults.end();
            changes.close();
            settle(simulator, changes, List.of(steady, mortal));
            out.printf(
                    "%d faults, %d restarts of the routes, %d kills, %d tokens%n",
                    faults.count(), rounds, mortal.kills(), rounds / ROUNDS_PER_TOKEN);
            sums(report, "lives", simulator, changes, steady);
            sums(report, "killed", simulator, changes, mortal);
        }
        return report.complaints();
    }

    private void round(GitpodSimulator simulator, Child steady, Child mortal, Faults faults, int number, long latestEnd)
            throws Exception {
        Duration left = Duration.ofNanos(latestEnd - System.nanoTime());
        long pause = (left.compareTo(LONGEST_ROUND) < 0 ? left : LONGEST_ROUND).toMillis() / (FAULTS_PER_ROUND + 1);
        int killAt = random.nextInt(FAULTS_PER_ROUND);
        int restartAt = random.nextInt(FAULTS_PER_ROUND);
        for (int i = 0; i < FAULTS_PER_ROUND; i++) {
            TimeUnit.MILLISECONDS.sleep(pause);
            faults.strike();
            if (i == killAt) {
                mortal.killAndStart();
            }
            if (i == restartAt) {
                steady.restartRoutes();
            }
        }
        if (number % ROUNDS_PER_TOKEN == 0) {
            simulator.rotateAccessToken("token-" + number);
            TimeUnit.MILLISECONDS.sleep(pause / 2);
            steady.takeToken();
            mortal.takeToken();
        }
        TimeUnit.MILLISECONDS.sleep(
                Math.min(pause, Math.max(0, TimeUnit.NANOSECONDS.toMillis(latestEnd - System.nanoTime()))));
    }

    private static void awaitStreams(GitpodSimulator simulator, int streams) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (simulator.eventStreams().open() < streams && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Waits until nothing is missing any more, but not for ever. */
    private static void settle(GitpodSimulator simulator, Changes changes, List<Child> children) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            long missing = 0;
            for (Child child : children) {
                missing +=
                        child.deliveries().missingEntries(simulator.auditLog().ids())
                                + child.deliveries().missingEvents(changes.soFar());
            }
            if (missing == 0) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    private void sums(SoakReport report, String name, GitpodSimulator simulator, Changes changes, Child child)
            throws Exception {
        Deliveries deliveries = child.deliveries();
        List<String> ids = simulator.auditLog().ids();
        List<Change> told = changes.soFar();
        long lostEntries = deliveries.missingEntries(ids);
        long lostEvents = deliveries.missingEvents(told);
        out.printf(
                "The process that %s: %d entries, %d lost, %d repeated; %d events, %d lost, %d repeated%n",
                name.equals("lives") ? "lives on" : "is killed",
                ids.size(),
                lostEntries,
                deliveries.repeatedEntries(),
                told.size(),
                lostEvents,
                deliveries.repeatedEvents());
        report.require(lostEntries == 0, lostEntries + " entries are lost (" + name + ")");
        report.require(lostEvents == 0, lostEvents + " events are lost (" + name + ")");
        report.require(
                deliveries.repeatedEntries() <= SoakedProcess.COMMIT_EVERY * child.kills(),
                deliveries.repeatedEntries() + " entries came twice, with " + child.kills() + " kills (" + name + ")");
    }
}
