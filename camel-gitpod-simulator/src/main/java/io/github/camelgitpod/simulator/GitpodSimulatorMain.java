package io.github.camelgitpod.simulator;

/** Runs a simulator from the command line. */
public final class GitpodSimulatorMain {
    private GitpodSimulatorMain() {}
}
