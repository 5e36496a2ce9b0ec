package io.github.camelgitpod.examples.dashboard;

import io.github.camelgitpod.simulator.GitpodSimulator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** An organization to look at, whose event stream is lost every few minutes, so that there is a gap to see. */
final class SimulatedOrganization implements AutoCloseable {
    private static final int REFUSALS = 4;

    private final ScheduledExecutorService weather = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "weather");
        thread.setDaemon(true);
        return thread;
    });
    private final GitpodSimulator simulator;

    private SimulatedOrganization(GitpodSimulator simulator) {
        this.simulator = simulator;
        // It can run for days.
        simulator.eventStreams().logging(false);
        weather.scheduleAtFixedRate(this::loseTheStream, 1, 5, TimeUnit.MINUTES);
    }

    /**
     * Founds it.
     *
     * @param history  how many entries it has
     * @param liveRate how many it makes in a second
     */
    static SimulatedOrganization start(int history, double liveRate) {
        return new SimulatedOrganization(
                GitpodSimulator.builder().history(history).liveRate(liveRate).start());
    }

    /** What the dashboard needs to read it. */
    Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>(simulator.properties());
        properties.put("dashboard.name", "A simulated organization");
        return properties;
    }

    private void loseTheStream() {
        simulator.trouble().on("WatchEvents").times(REFUSALS).respond(503, "unavailable", "the server is upgraded");
        simulator.eventStreams().cutAll();
    }

    @Override
    public void close() {
        weather.shutdownNow();
        simulator.close();
    }
}
