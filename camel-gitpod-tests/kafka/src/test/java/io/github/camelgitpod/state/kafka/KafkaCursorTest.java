package io.github.camelgitpod.state.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import io.github.camelgitpod.testing.RecordedLogs;
import io.github.camelgitpod.testing.kafka.KafkaBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The cursor of a route, in a topic: across restarts, over an outage of the broker, from one owner to another. */
@Tag("T17")
class KafkaCursorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int HISTORY = 50;

    @RegisterExtension
    final GitpodSimulatorExtension extension =
            new GitpodSimulatorExtension(GitpodSimulator.builder().history(HISTORY));

    private final String topic = Topics.newName();
    private final Queue<String> arrived = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path directory;

    /** As the pages print it. */
    @Test
    void aRestartGoesOnFromTheTopicWithTheBeanInYamlAndInProperties() throws Exception {
        Path yaml = directory.resolve("audit-log.camel.yaml");
        Files.writeString(yaml, """
                - beans:
                    - name: cursors
                      type: io.github.camelgitpod.state.kafka.KafkaStateRepository
                      properties:
                        bootstrapServers: "{{kafka}}"
                        topic: "{{topic}}"
                        clientProperties[security.protocol]: PLAINTEXT
                - route:
                    id: audit-log
                    from:
                      uri: gitpod:auditLogs
                      parameters:
                        from: beginning
                        delay: 50ms
                        stateRepository: "#bean:cursors"
                      steps:
                        - bean:
                            ref: sink
                            method: add
                """);
        Main first = main(Topics.BROKER);
        first.configure().withRoutesIncludePattern("file:" + yaml);
        try (Running running = new Running(first)) {
            await().atMost(PATIENCE).until(() -> arrived.size() == HISTORY);
        }
        add(1);

        Main second = main(Topics.BROKER);
        second.addInitialProperty(
                "camel.beans.cursors", "#class:io.github.camelgitpod.state.kafka.KafkaStateRepository");
        second.addInitialProperty("camel.beans.cursors.bootstrapServers", Topics.BROKER);
        second.addInitialProperty("camel.beans.cursors.topic", topic);
        second.addInitialProperty("camel.beans.cursors.clientProperties[security.protocol]", "PLAINTEXT");
        second.configure()
                .addLambdaRouteBuilder(
                        route -> route.from(uri()).routeId("audit-log").bean("sink", "add"));
        try (Running running = new Running(second)) {
            await().atMost(PATIENCE).until(() -> arrived.size() == HISTORY + 1);
            KafkaStateRepository cursors =
                    second.getCamelContext().getRegistry().lookupByNameAndType("cursors", KafkaStateRepository.class);
            assertThat(cursors.getClientProperties()).containsEntry("security.protocol", "PLAINTEXT");
        }
        assertThat(arrived).containsExactlyElementsOf(ids());
    }

    @Test
    void anOutageOfTheBrokerLosesNothingAndIsToldOnce() throws Exception {
        try (KafkaBroker broker = new KafkaBroker(directory);
                RecordedLogs logs = new RecordedLogs()) {
            KafkaStateRepository cursors = new KafkaStateRepository(Duration.ofSeconds(1), step -> {});
            cursors.setBootstrapServers(broker.address());
            cursors.setTopic(topic);
            Main main = main(broker.address());
            main.bind("cursors", cursors);
            main.configure()
                    .addLambdaRouteBuilder(
                            route -> route.from(uri()).routeId("audit-log").bean("sink", "add"));
            try (Running running = new Running(main)) {
                await().atMost(PATIENCE).until(() -> arrived.size() == HISTORY);
                broker.close();
                add(3);
                await().atMost(PATIENCE).until(() -> logs.warnings().size() == 1);
                broker.start();
                await().atMost(PATIENCE).until(() -> arrived.containsAll(ids()));
                add(2);
                await().atMost(PATIENCE).until(() -> arrived.containsAll(ids()));
            }
            assertThat(arrived).hasSizeLessThanOrEqualTo(ids().size() + 3);
            assertThat(logs.warnings())
                    .singleElement()
                    .asString()
                    .contains("cannot be read: The state audit-log/auditLogs could not be ");
            assertThat(logs.messages()).anyMatch(message -> message.endsWith("is read again"));
            cursors.stop();
        }
    }

    private String uri() {
        return "gitpod:auditLogs?from=beginning&delay=50ms&stateRepository=#bean:cursors";
    }

    private Main main(String broker) {
        Main main = new Main();
        extension.simulator().properties().forEach(main::addInitialProperty);
        main.addInitialProperty("kafka", broker);
        main.addInitialProperty("topic", topic);
        main.bind("sink", new Sink());
        return main;
    }

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            extension.simulator().auditLog().add(Entry.at(extension.simulator().now()));
        }
    }

    private List<String> ids() {
        return extension.simulator().auditLog().ids();
    }

    /** Takes what the route delivers. */
    public final class Sink {
        public void add(AuditLogEntry entry) {
            arrived.add(entry.id());
        }
    }

    private static final class Running implements AutoCloseable {
        private final Main main;

        Running(Main main) {
            this.main = main;
            main.start();
        }

        @Override
        public void close() {
            main.stop();
        }
    }
}
