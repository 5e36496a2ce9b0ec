package io.github.camelgitpod.sidebyside;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * An organization in which much happens: some entries share a time, one of eight becomes visible late, and the server answers one
 * request of eight with 503 or 429, or cuts its answer off.
 */
final class BusyOrganization implements AutoCloseable {
    private static final int TICK_MILLIS = 20;
    private static final int ONE_LATE_OF = 8;
    private static final double ONE_REFUSED_OF = 1 / 24.0;

    private final GitpodSimulator simulator;
    private final Duration lateness;
    private final Random random;
    private final Set<String> late = new HashSet<>();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private Instant settled = Instant.EPOCH;

    /** @param lateness so late an entry becomes visible, at most */
    BusyOrganization(GitpodSimulator simulator, Duration lateness, long seed) {
        this.simulator = simulator;
        this.lateness = lateness;
        this.random = new Random(seed);
        simulator
                .trouble()
                .on("ListAuditLogs")
                .probability(ONE_REFUSED_OF, seed)
                .respond(503, "unavailable", "later");
        simulator
                .trouble()
                .on("ListAuditLogs")
                .probability(ONE_REFUSED_OF, seed + 1)
                .rateLimited(Duration.ofMillis(50));
        simulator
                .trouble()
                .on("ListAuditLogs")
                .probability(ONE_REFUSED_OF, seed + 2)
                .truncate(100);
        scheduler.scheduleAtFixedRate(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private synchronized void tick() {
        Instant now = simulator.now().truncatedTo(ChronoUnit.MICROS);
        for (int i = random.nextInt(4); i > 0; i--) {
            Entry entry = Entry.at(now);
            if (random.nextInt(ONE_LATE_OF) == 0) {
                late.add(entry.id());
                settled = now.plus(lateness);
                simulator.auditLog().add(entry, now.plusMillis(1 + random.nextInt((int) lateness.toMillis())));
            } else {
                simulator.auditLog().add(entry);
            }
        }
    }

    /** The ids of the entries that became visible after they were created. */
    synchronized Set<String> late() {
        return Set.copyOf(late);
    }

    /** Whether nothing happens any more, and each late entry is visible. */
    synchronized boolean isSettled() {
        return scheduler.isTerminated() && !simulator.now().isBefore(settled);
    }

    /** No more entries, and no more trouble. */
    @Override
    public void close() throws InterruptedException {
        scheduler.shutdownNow();
        scheduler.awaitTermination(1, TimeUnit.MINUTES);
        simulator.trouble().clear();
    }
}
