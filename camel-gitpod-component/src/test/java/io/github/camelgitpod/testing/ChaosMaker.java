package io.github.camelgitpod.testing;

import io.github.camelgitpod.simulator.EventStreams;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.Project;
import io.github.camelgitpod.simulator.TroubleRule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An organization that changes all the time, and a network and a server that fail all the time in every way there is: ends,
 * cuts in the middle of a line, resets, silence, garbage, lines without end, errors in the stream, refused and unanswered
 * requests.
 */
public final class ChaosMaker implements AutoCloseable {
    public static final int MAX_LINE_BYTES = 2_000;
    private static final int LIVING = 120;
    private static final int MILLIS_BETWEEN_CHANGES = 3;
    public static final int MILLIS_BETWEEN_TROUBLES = 120;

    private final GitpodSimulator simulator;
    private final EventStreams streams;
    private final FreezingProxy network;
    private final Random random;
    private final Deque<String> living = new ArrayDeque<>();
    private final List<String> changes = new ArrayList<>();
    private final ScheduledExecutorService organization = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledExecutorService trouble = Executors.newSingleThreadScheduledExecutor();
    private volatile int troubles;

    public ChaosMaker(GitpodSimulator simulator, FreezingProxy network, long seed) {
        this.simulator = simulator;
        this.streams = simulator.eventStreams();
        this.network = network;
        this.random = new Random(seed);
        streams.logging(false);
    }

    public void live() {
        organization.scheduleWithFixedDelay(this::change, 0, MILLIS_BETWEEN_CHANGES, TimeUnit.MILLISECONDS);
    }

    public void begin() {
        trouble.scheduleWithFixedDelay(
                this::strike, MILLIS_BETWEEN_TROUBLES, MILLIS_BETWEEN_TROUBLES, TimeUnit.MILLISECONDS);
    }

    /** No more trouble; the organization lives on. */
    public void calm() throws InterruptedException {
        trouble.shutdown();
        trouble.awaitTermination(10, TimeUnit.SECONDS);
        simulator.trouble().clear();
    }

    /** Nothing changes any more. */
    public void freeze() throws InterruptedException {
        organization.shutdown();
        organization.awaitTermination(10, TimeUnit.SECONDS);
    }

    /** What has changed so far, in the order in which the streams told it: operation and id. */
    public List<String> changes() {
        synchronized (changes) {
            return List.copyOf(changes);
        }
    }

    /** How often something has gone wrong so far. */
    public int troubles() {
        return troubles;
    }

    private void change() {
        // In one piece, so that no event is told before it is noted.
        synchronized (changes) {
            if (living.size() < LIVING || organizationGrows()) {
                Project project = simulator.organization().createProject("project");
                living.add(project.id());
                changes.add("RESOURCE_OPERATION_CREATE " + project.id());
            } else {
                String id = living.remove();
                simulator.organization().deleteProject(id);
                changes.add("RESOURCE_OPERATION_DELETE " + id);
            }
        }
    }

    private boolean organizationGrows() {
        return living.size() < LIVING + 20 && living.hashCode() % 2 == 0;
    }

    private void strike() {
        if (streams.open() == 0) {
            // It has enough already.
            return;
        }
        troubles++;
        // Kept, they would fill the memory.
        simulator.requests().clear();
        switch (random.nextInt(14)) {
            case 0 -> streams.endAll();
            case 1 -> streams.cutAll();
            case 2 -> streams.resetAll();
            case 3, 4 -> network.freeze();
            case 5 -> raw("no event\n{\"operation\":7\n");
            case 6 -> raw("x".repeat(3 * MAX_LINE_BYTES) + "\n");
            case 7 -> raw("{\"error\":{\"code\":\"unavailable\",\"message\":\"maintenance\"}}\n");
            case 8 -> {
                raw("{\"operation\":\"RESOURCE_OPER");
                streams.cutAll();
            }
            case 9 -> then("WatchEvents", rule -> rule.respond(503, "unavailable", "later"), streams::cutAll);
            case 10 -> then("WatchEvents", TroubleRule::reset, streams::resetAll);
            // Not silent for ever: a server that answers everything but a stream is taken for a quiet one.
            case 11 -> then("WatchEvents", rule -> rule.delay(Duration.ofMillis(random.nextInt(600))), streams::endAll);
            case 12 -> {
                String listing = random.nextBoolean() ? "ListProjects" : "ListAuditLogs";
                then(listing, rule -> rule.respond(503, "unavailable", "later"), streams::cutAll);
            }
            default -> then("*", rule -> rule.delay(Duration.ofMillis(20)), streams::cutAll);
        }
    }

    private void then(String method, Consumer<TroubleRule> what, Runnable end) {
        what.accept(simulator.trouble().on(method).times(1 + random.nextInt(3)));
        end.run();
    }

    private void raw(String text) {
        streams.publishRaw(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        trouble.shutdownNow();
        organization.shutdownNow();
    }
}
