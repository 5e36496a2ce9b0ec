package io.github.camelgitpod.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.GitpodComponent;
import io.github.camelgitpod.GitpodConfiguration;
import io.github.camelgitpod.MachineClock;
import io.github.camelgitpod.simulator.GitpodSimulator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.impl.DefaultCamelContext;

/** A context that reads from a simulator, on a machine whose clock is the simulator's unless a test sets another. */
public class RouteContext implements AutoCloseable {
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    private final DefaultCamelContext context = new DefaultCamelContext();

    private final AtomicLong passed = new AtomicLong();

    RouteContext(GitpodSimulator simulator) {
        MachineClock.setNanoTime(component(), () -> System.nanoTime() + passed.get());
        configuration().setBaseUrl(simulator.baseUrl());
        token(simulator.accessToken());
        machineClock(simulator::now);
    }

    /** This machine's clock from now on. */
    public final void machineClock(InstantSource clock) {
        MachineClock.set(component(), clock);
    }

    public final DefaultCamelContext context() {
        return context;
    }

    /** For health so much time passes at once. */
    public final void pass(Duration time) {
        passed.addAndGet(time.toNanos());
    }

    /** The component's options, for those that are beans or change while a route runs. */
    public final GitpodConfiguration configuration() {
        return component().getConfiguration();
    }

    private GitpodComponent component() {
        return context.getComponent("gitpod", GitpodComponent.class);
    }

    /** The token from now on; it is asked for at each request. */
    public final void token(String token) {
        configuration().setAccessToken(token);
    }

    /** Begins to stop, on another thread. */
    public final CompletableFuture<Void> stopping() {
        return CompletableFuture.runAsync(context::stop, stop -> new Thread(stop, "stop").start());
    }

    /** Stops; whatever is under way, that takes less than five seconds. */
    @Override
    public final void close() {
        assertStops(stopping());
    }

    /** @param stopping what {@link #stopping()} returned */
    public static void assertStops(CompletableFuture<Void> stopping) {
        assertThat(stopping).as("stop").succeedsWithin(LONGEST_STOP);
    }
}
