package io.github.camelgitpod.examples.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What the demo does.
 *
 * @param simulated   whether it starts an organization of its own; otherwise it reads the one of the environment's token
 * @param data        the directory for the file, the cursor and the simulated organization
 * @param duration    how long it runs; zero: until it is stopped
 * @param pollDelay   how long it waits between two polls of the audit log
 * @param history     how many entries a new simulated organization has
 * @param liveRate    how many entries it makes in a second
 * @param component   more properties of the component, such as another address
 */
record DemoSettings(
        boolean simulated,
        Path data,
        Duration duration,
        Duration pollDelay,
        int history,
        double liveRate,
        Map<String, String> component) {}
