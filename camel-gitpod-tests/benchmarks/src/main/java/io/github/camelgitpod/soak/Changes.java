package io.github.camelgitpod.soak;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** An organization that changes all the time, and an audit log in which some entries are late. */
final class Changes implements AutoCloseable {
    private static final int MILLIS_BETWEEN = 50;
    private static final int LIVING = 60;
    /** Well within the routes' lookback of 15 s. */
    private static final int MOST_LATE_MILLIS = 9_000;

    private static final int LATE_PERCENT = 10;

    private final GitpodSimulator simulator;
    private final Random random;
    private final Deque<String> living = new ArrayDeque<>();
    private final List<String> changes = new ArrayList<>();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

    Changes(GitpodSimulator simulator, long seed) {
        this.simulator = simulator;
        this.random = new Random(seed);
    }

    void begin() {
        scheduler.scheduleAtFixedRate(this::change, 0, MILLIS_BETWEEN, TimeUnit.MILLISECONDS);
    }

    private synchronized void change() {
        if (living.size() < LIVING) {
            String id = simulator.organization().createProject("project").id();
            living.add(id);
            changes.add("RESOURCE_OPERATION_CREATE " + id);
        } else {
            for (int i = 0; i < 2; i++) {
                String id = living.remove();
                simulator.organization().deleteProject(id);
                changes.add("RESOURCE_OPERATION_DELETE " + id);
            }
        }
        if (random.nextInt(100) < LATE_PERCENT) {
            simulator
                    .auditLog()
                    .add(Entry.at(simulator
                            .now()
                            .truncatedTo(ChronoUnit.MICROS)
                            .minusMillis(random.nextInt(MOST_LATE_MILLIS))));
        }
    }

    /** What the streams were told so far: operation and id. */
    synchronized List<String> soFar() {
        return List.copyOf(changes);
    }

    /** Nothing changes after this returns. */
    @Override
    public void close() throws InterruptedException {
        scheduler.shutdownNow();
        scheduler.awaitTermination(1, TimeUnit.MINUTES);
    }
}
