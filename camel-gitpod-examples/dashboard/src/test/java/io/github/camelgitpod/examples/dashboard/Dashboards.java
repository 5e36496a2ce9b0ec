package io.github.camelgitpod.examples.dashboard;

import io.github.camelgitpod.simulator.GitpodSimulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

/** Dashboards of a simulator, which ask it often. */
final class Dashboards {
    private Dashboards() {}

    static Dashboard start(GitpodSimulator simulator) throws Exception {
        return start(simulator, Map.of());
    }

    /** With further properties. */
    static Dashboard start(GitpodSimulator simulator, Map<String, String> more) throws Exception {
        return start(simulator, freePort(), more);
    }

    static Dashboard start(GitpodSimulator simulator, int port, Map<String, String> more) throws Exception {
        Map<String, String> properties = new HashMap<>(simulator.properties());
        properties.put("dashboard.delay", "200ms");
        properties.putAll(more);
        return Dashboard.start(port, properties);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
