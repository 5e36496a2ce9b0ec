package io.github.camelgitpod.testing.organization;

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
public final class Changes implements AutoCloseable {
    private static final int LIVING = 60;

    private final GitpodSimulator simulator;
    private final Pace pace;
    private final Random random;
    private final Deque<String> living = new ArrayDeque<>();
    private final List<Change> changes = new ArrayList<>();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

    /**
     * How much happens.
     *
     * @param millis      from one change to the next
     * @param mostEntries that come beside the change's own
     * @param oneLateOf   so many of these
     * @param mostLate    so many milliseconds; well within the readers' lookback
     */
    public record Pace(int millis, int mostEntries, int oneLateOf, int mostLate) {}

    /** What a stream was told, operation and id, between these times. */
    public record Change(String what, Instant after, Instant before) {}

    /** Nothing happens before {@link #begin}. */
    public Changes(GitpodSimulator simulator, Pace pace, long seed) {
        this.simulator = simulator;
        this.pace = pace;
        this.random = new Random(seed);
    }

    public void begin() {
        scheduler.scheduleAtFixedRate(this::change, 0, pace.millis, TimeUnit.MILLISECONDS);
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
        for (int i = random.nextInt(pace.mostEntries + 1); i > 0; i--) {
            boolean late = random.nextInt(pace.oneLateOf) == 0;
            simulator.auditLog().add(Entry.at(late ? now.minusMillis(random.nextInt(pace.mostLate)) : now));
        }
    }

    /** What the streams were told so far. */
    public synchronized List<Change> soFar() {
        return List.copyOf(changes);
    }

    /** Nothing changes after this returns. */
    @Override
    public void close() throws InterruptedException {
        scheduler.shutdownNow();
        scheduler.awaitTermination(1, TimeUnit.MINUTES);
    }
}
