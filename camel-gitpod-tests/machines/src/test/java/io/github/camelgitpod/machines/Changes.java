package io.github.camelgitpod.machines;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** An organization that changes all the time, and an audit log with more than that, some of it late. */
final class Changes implements AutoCloseable {
    private static final int MILLIS_BETWEEN = 100;
    private static final int LIVING = 60;
    /** Well within the routes' lookback of 6 s. */
    private static final int MOST_LATE_MILLIS = 3_000;

    private static final int MOST_ENTRIES = 6;

    private final GitpodSimulator simulator;
    private final Random random;
    private final Deque<String> living = new ArrayDeque<>();
    private final List<Change> changes = new ArrayList<>();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

    /** What a stream was told, between these times. */
    record Change(String what, Instant after, Instant before) {}

    Changes(GitpodSimulator simulator, long seed) {
        this.simulator = simulator;
        this.random = new Random(seed);
    }

    void begin() {
        scheduler.scheduleAtFixedRate(this::change, 0, MILLIS_BETWEEN, TimeUnit.MILLISECONDS);
    }

    private synchronized void change() {
        Instant after = Instant.now();
        String what;
        if (living.size() < LIVING) {
            String id = simulator.organization().createProject("project").id();
            living.add(id);
            what = "RESOURCE_OPERATION_CREATE " + id;
        } else {
            String id = living.remove();
            simulator.organization().deleteProject(id);
            what = "RESOURCE_OPERATION_DELETE " + id;
        }
        changes.add(new Change(what, after, Instant.now()));
        Instant now = simulator.now().truncatedTo(ChronoUnit.MICROS);
        for (int i = random.nextInt(MOST_ENTRIES); i > 0; i--) {
            boolean late = random.nextInt(8) == 0;
            simulator.auditLog().add(Entry.at(late ? now.minusMillis(random.nextInt(MOST_LATE_MILLIS)) : now));
        }
    }

    /** What the streams were told so far. */
    synchronized List<Change> soFar() {
        return List.copyOf(changes);
    }

    /** Nothing changes after this returns. */
    @Override
    public void close() throws InterruptedException {
        scheduler.shutdownNow();
        scheduler.awaitTermination(1, TimeUnit.MINUTES);
    }
}
