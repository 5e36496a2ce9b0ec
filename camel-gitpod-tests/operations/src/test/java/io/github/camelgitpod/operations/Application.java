package io.github.camelgitpod.operations;

import io.github.camelgitpod.simulator.GitpodSimulator;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/**
 * An application with camel-main and both consumers, set up as the page operate.adoc says, with its pages on a port of its own. The
 * entries whose action is {@code poison} fail in the route, once each.
 */
final class Application implements AutoCloseable {
    private final Main main = new Main();
    private final HttpClient browser = HttpClient.newHttpClient();
    private final int port = freePort();

    Application(GitpodSimulator simulator) {
        simulator.properties().forEach(main::addInitialProperty);
        Map.of(
                        "camel.health.enabled", "true",
                        "camel.health.exposure-level", "full",
                        "camel.management.enabled", "true",
                        "camel.management.port", String.valueOf(port),
                        "camel.management.health-check-enabled", "true",
                        "camel.management.metrics-enabled", "true",
                        "camel.metrics.enabled", "true")
                .forEach(main::addInitialProperty);
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("gitpod:auditLogs?from=beginning&initialDelay=0&delay=20ms")
                        .routeId("audit")
                        .filter(simple("${body.action} == 'poison'"))
                        .process(new FailsOnce());
                from("gitpod:events?reconnectDelay=20ms").routeId("events").process(exchange -> {});
            }
        });
        main.start();
    }

    /** What Prometheus reads. */
    String metrics() {
        return get("/observe/metrics");
    }

    /** What a probe reads, with details. */
    String health() {
        return get("/observe/health?data=true");
    }

    private String get(String path) {
        try {
            return browser.send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new IllegalStateException(path + " is not there", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        main.stop();
    }
}
