package io.github.camelgitpod.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.simulator.GitpodSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.Main;
import org.apache.camel.support.DefaultPollingConsumerPollStrategy;
import org.apache.camel.support.ScheduledPollEndpoint;

/** A recipe that runs as it stands in its file, against a simulator and in a directory of its own. */
final class Recipe implements AutoCloseable {
    private final Main main = new Main();
    private final Path directory;
    private final CountDownLatch polled = new CountDownLatch(1);

    /** @param settings names and values in turn, as in application.properties */
    Recipe(String name, GitpodSimulator gitpod, Path directory, String... settings) throws Exception {
        this.directory = directory;
        gitpod.properties().forEach(main::addOverrideProperty);
        main.addOverrideProperty("recipe", name);
        main.addOverrideProperty("data", directory.toString());
        main.addOverrideProperty("alerts", "mock:alerts");
        for (int i = 0; i < settings.length; i += 2) {
            main.addOverrideProperty(settings[i], settings[i + 1]);
        }
        main.init();
        main.getCamelContext().getCamelContextExtension().registerEndpointCallback((uri, endpoint) -> watch(endpoint));
        main.start();
        assertThat(main.getCamelContext().getRoutes()).as("routes of " + name).isNotEmpty();
    }

    /** Waits for the end of the first poll: all that was in the audit log has gone through the route then, unless an exchange failed. */
    Recipe readToTheEnd() throws InterruptedException {
        assertThat(polled.await(20, TimeUnit.SECONDS)).as("the end of a poll").isTrue();
        return this;
    }

    List<String> alerts() {
        return alertsEndpoint().getReceivedExchanges().stream()
                .map(exchange -> exchange.getMessage().getBody(String.class))
                .toList();
    }

    MockEndpoint alertsEndpoint() {
        return main.getCamelContext().getEndpoint("mock:alerts", MockEndpoint.class);
    }

    /** The lines of the files in a directory below that of the data, by their names. */
    Map<String, List<String>> files(String below) throws IOException {
        return lines(directory.resolve(below));
    }

    /** The lines of the files in a directory, by their names; what lies in directories within is left out. */
    static Map<String, List<String>> lines(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return Map.of();
        }
        Map<String, List<String>> lines = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                lines.put(file.getFileName().toString(), Files.readAllLines(file));
            }
        }
        return lines;
    }

    private Endpoint watch(Endpoint endpoint) {
        if (endpoint instanceof ScheduledPollEndpoint polling) {
            polling.setInitialDelay(0);
            polling.setDelay(50);
        }
        if (endpoint.getEndpointUri().startsWith("gitpod:") && endpoint instanceof ScheduledPollEndpoint polling) {
            polling.setPollStrategy(new DefaultPollingConsumerPollStrategy() {
                @Override
                public void commit(Consumer consumer, Endpoint polledEndpoint, int polledMessages) {
                    polled.countDown();
                }
            });
        }
        return endpoint;
    }

    @Override
    public void close() {
        main.stop();
    }
}
