package io.github.camelgitpod.machines;

import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.testing.organization.Changes;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;

/** Some machines that read one organization, of which the one that leads is killed, or paused, again and again. */
final class Campaign implements AutoCloseable {
    private static final int LONGEST_CALM_MILLIS = 1_500;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** The routes' lookback is 6 s. */
    private static final Changes.Pace PACE = new Changes.Pace(100, 5, 8, 3_000);

    private final Coordination coordination;
    private final Store store;
    private final Random random;
    private final GitpodSimulator simulator = GitpodSimulator.start();
    private final Changes changes;
    private final Saves saves;
    private final Nodes nodes;
    private final HandOverTimes afterKills = new HandOverTimes();
    private final HandOverTimes afterPauses = new HandOverTimes();

    /** @param directory of its own, with a name of its own */
    Campaign(Servers servers, Coordination coordination, Store store, Path directory, long seed)
            throws IOException, SQLException {
        this.coordination = coordination;
        this.store = store;
        this.random = new Random(seed);
        this.changes = new Changes(simulator, PACE, seed);
        simulator.eventStreams().logging(false);
        String place = servers.place(store);
        this.saves = store.saves(place);
        Map<String, String> environment = new HashMap<>();
        environment.put(Node.COORDINATION, coordination.name());
        environment.put(Node.PLACE, servers.place(coordination, directory));
        environment.put(Node.STORE, store.name());
        environment.put(Node.STORE_PLACE, place);
        environment.put("GITPOD_BASE_URL", simulator.baseUrl());
        environment.put("GITPOD_API_KEY", simulator.accessToken());
        this.nodes = new Nodes(directory, environment);
    }

    /** Starts so many machines, and the organization once one of them reads. */
    void begin(int machines) throws IOException {
        for (int i = 0; i < machines; i++) {
            nodes.add();
        }
        patiently().until(() -> simulator.eventStreams().open() > 0);
        changes.begin();
        awaitDelivery(Instant.now());
    }

    void addMachine() throws IOException {
        nodes.add();
    }

    /** So many kills and pauses, in any order. */
    void strike(int kills, int pauses) throws Exception {
        List<Boolean> strikes = new ArrayList<>(Collections.nCopies(kills, true));
        strikes.addAll(Collections.nCopies(pauses, false));
        Collections.shuffle(strikes, random);
        for (boolean isKill : strikes) {
            patiently().until(nodes::areEnough);
            calm();
            if (isKill) {
                kill();
            } else {
                pause();
            }
        }
    }

    /** Kills the one that leads; it comes back at once, or when another one has taken over. */
    private void kill() throws IOException {
        leader().kill();
        Instant struck = Instant.now();
        boolean atOnce = random.nextBoolean();
        if (atOnce) {
            nodes.add();
        }
        afterKills.add(struck, awaitDelivery(struck));
        if (!atOnce) {
            nodes.add();
        }
    }

    /** Pauses the one that leads until another one has taken over, if any does, and some time more. */
    private void pause() throws Exception {
        NodeProcess leader = leader();
        leader.pause();
        Instant struck = Instant.now();
        try {
            Optional<Line> first = await().atMost(coordination.longestPause())
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> nodes.firstEntry(struck, leader), Optional::isPresent);
            afterPauses.add(struck, first.orElseThrow());
            calm();
        } catch (ConditionTimeoutException e) {
            afterPauses.none();
        } finally {
            leader.resume();
        }
        awaitDelivery(Instant.now());
    }

    private void calm() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_CALM_MILLIS));
    }

    /** Who has saved the cursor last. */
    private NodeProcess leader() {
        return patiently()
                .until(() -> nodes.running(saves.owner(Node.AUDIT_KEY)), Optional::isPresent)
                .orElseThrow();
    }

    /** The first entry that any machine delivered after that time. */
    private Line awaitDelivery(Instant after) throws IOException {
        try {
            return patiently()
                    .until(() -> nodes.firstEntry(after, null), Optional::isPresent)
                    .orElseThrow();
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("Nobody delivers: " + nodes.logs(), e);
        }
    }

    /** Ends the changes, waits until nothing is missing any more, but not for ever, and ends the machines. */
    Outcome end() throws Exception {
        changes.close();
        try {
            patiently().pollInterval(Duration.ofMillis(500)).until(() -> outcome()
                    .isComplete());
        } catch (ConditionTimeoutException e) {
            System.out.println("Not all arrived: the table tells how much is missing.");
        }
        nodes.close();
        return outcome();
    }

    private Outcome outcome() throws Exception {
        Map<Long, List<Line>> lives = nodes.lives();
        return new Outcome(
                coordination,
                store,
                AuditAccount.of(simulator.auditLog().ids(), lives, saves.of(Node.AUDIT_KEY)),
                EventAccount.of(changes.soFar(), lives, saves.of(Node.EVENTS_KEY)),
                afterKills,
                afterPauses);
    }

    private static ConditionFactory patiently() {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50));
    }

    @Override
    public void close() throws Exception {
        nodes.close();
        changes.close();
        simulator.close();
        saves.close();
    }
}
