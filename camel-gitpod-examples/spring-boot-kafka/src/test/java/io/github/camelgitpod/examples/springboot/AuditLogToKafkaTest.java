package io.github.camelgitpod.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import io.github.camelgitpod.testing.kafka.KafkaBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

class AuditLogToKafkaTest {
    @RegisterExtension
    final GitpodSimulatorExtension extension =
            new GitpodSimulatorExtension(GitpodSimulator.builder().history(120));

    @TempDir
    Path directory;

    @Test
    void eachEntryIsInTheTopicOnceAlsoAcrossARestart() throws Exception {
        GitpodSimulator gitpod = extension.simulator();
        try (KafkaBroker broker = new KafkaBroker(directory);
                Topic topic = new Topic(broker.address(), "gitpod-audit-log")) {
            try (ConfigurableApplicationContext first = start(broker)) {
                awaitAll(topic);
                gitpod.auditLog().add(Entry.at(gitpod.now()));
                awaitAll(topic);
            }
            gitpod.auditLog().add(Entry.at(gitpod.now()));
            try (ConfigurableApplicationContext second = start(broker)) {
                awaitAll(topic);
                // What a restart delivers again would be in the topic before this one.
                gitpod.auditLog().add(Entry.at(gitpod.now()));
                awaitAll(topic);
            }

            Map<String, String> sent =
                    gitpod.auditLog().entries().stream().collect(Collectors.toMap(Entry::id, Entry::json));
            assertThat(topic.records()).hasSize(123).allSatisfy(record -> assertThat(record.value())
                    .isEqualTo(sent.get(record.key())));
            assertThat(topic.records()).extracting(ConsumerRecord::key).doesNotHaveDuplicates();
        }
    }

    /** Until the newest entry is there; entries come in order. */
    private void awaitAll(Topic topic) {
        List<String> ids = extension.simulator().auditLog().ids();
        await().atMost(Duration.ofSeconds(30)).until(() -> topic.records().stream()
                .anyMatch(record -> record.key().equals(ids.get(ids.size() - 1))));
    }

    private ConfigurableApplicationContext start(KafkaBroker broker) {
        Map<String, Object> properties = new HashMap<>(extension.simulator().properties());
        properties.put("camel.component.kafka.brokers", broker.address());
        properties.put("state.directory", directory.resolve("state"));
        properties.put("poll.delay", "50ms");
        String[] arguments = properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
        return SpringApplication.run(AuditLogToKafka.class, arguments);
    }
}
