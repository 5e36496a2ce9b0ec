package io.github.camelgitpod.crash;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Adds entries to a simulator's audit log for as long as it is open: now and then many at one time, and late ones. */
final class Feed implements AutoCloseable {
    /** Well within the routes' lookback of 6 s: what a busy machine needs to add an entry comes on top. */
    private static final int MAX_LATENESS_MILLIS = 4_000;

    private static final int TICK_MILLIS = 20;
    /** So many pages that they are read ahead in windows. */
    private static final int BACKLOG = 4_000;

    private final GitpodSimulator simulator;
    private final Random random;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

    Feed(GitpodSimulator simulator, long seed) {
        this.simulator = simulator;
        this.random = new Random(seed);
        List<Entry> backlog = new ArrayList<>();
        Instant hourAgo = simulator.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MICROS);
        for (int i = 0; i < BACKLOG; i++) {
            backlog.add(Entry.at(hourAgo.plusMillis(i)));
        }
        for (int i = 0; i < 150; i++) {
            backlog.add(Entry.at(hourAgo.plusSeconds(60)));
        }
        simulator.auditLog().addAll(backlog);
        scheduler.scheduleAtFixedRate(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        Instant now = simulator.now().truncatedTo(ChronoUnit.MICROS);
        int kind = random.nextInt(100);
        if (kind < 2) {
            for (int i = 0; i < 40; i++) {
                simulator.auditLog().add(Entry.at(now));
            }
        } else if (kind < 20) {
            simulator.auditLog().add(Entry.at(now.minusMillis(random.nextInt(MAX_LATENESS_MILLIS))));
        } else {
            for (int i = random.nextInt(8); i > 0; i--) {
                simulator.auditLog().add(Entry.at(now.minusNanos(1000L * i)));
            }
        }
    }

    /** Nothing is added after this returns. */
    @Override
    public void close() throws InterruptedException {
        scheduler.shutdownNow();
        scheduler.awaitTermination(1, TimeUnit.MINUTES);
    }
}
