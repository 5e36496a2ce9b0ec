package io.github.camelgitpod.quarkus.deployment;

import io.github.camelgitpod.simulator.GitpodSimulator;
import io.quarkus.deployment.builditem.Startable;

/** An organization with a life of its own, behind Gitpod's API on the loopback interface. */
final class SimulatedOrganization implements Startable {
    private final int port;
    private final int history;
    private final double liveRate;
    private GitpodSimulator simulator;

    SimulatedOrganization(int port, int history, double liveRate) {
        this.port = port;
        this.history = history;
        this.liveRate = liveRate;
    }

    @Override
    public void start() {
        simulator = GitpodSimulator.builder()
                .port(port)
                // Each one has ids of its own: a database that outlives it must not take two entries for one.
                .seed(System.nanoTime())
                .history(history)
                .liveRate(liveRate)
                .start();
        // It can run for days.
        simulator.eventStreams().logging(false);
    }

    /** The base URL. */
    @Override
    public String getConnectionInfo() {
        return simulator.baseUrl();
    }

    String accessToken() {
        return simulator.accessToken();
    }

    /** Null: it is no container. */
    @Override
    public String getContainerId() {
        return null;
    }

    @Override
    public void close() {
        simulator.close();
    }
}
