package io.github.camelgitpod.examples.forwarder;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The port of the pages for health and figures. */
final class HealthPort {
    private HealthPort() {}

    static boolean isWanted(Settings settings) {
        return !settings.get("health.port").equals("0");
    }

    /**
     * Tries whether it can be opened.
     *
     * @throws IllegalStateException it cannot; not the settings have to be wrong: what has it may end
     */
    static String tryToOpen(Settings settings) {
        String port = settings.get("health.port");
        String host = settings.get("health.host");
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, Integer.parseInt(port)));
            return "health.port=" + port + " is free at " + host;
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException("health.port=" + port + " is taken at " + host
                    + ", or cannot be had; allowed: a free one, or 0 for none. " + e.getMessage());
        }
    }
}
