package io.github.camelgitpod.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import io.github.camelgitpod.testing.kafka.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Both modes of the Kafka binding, with a broker that is stopped in the middle, and started again. */
class CloudEventsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int HALF = 60;

    @RegisterExtension
    final GitpodSimulatorExtension extension =
            new GitpodSimulatorExtension(GitpodSimulator.builder().history(HALF));

    @TempDir
    Path directory;

    @Test
    void eachEntryIsOneCloudEventAlsoWhenTheBrokerStops() throws Exception {
        GitpodSimulator gitpod = extension.simulator();
        try (KafkaBroker broker = new KafkaBroker(directory)) {
            List<ConsumerRecord<String, String>> binary;
            try (Topic topic = new Topic(broker.address(), "binary");
                    ConfigurableApplicationContext route = start(broker, "binary")) {
                awaitRecords(topic, HALF);
                broker.close();
                // Before the entries: who has read them waits for the broker, and asks for nothing more.
                gitpod.requests().clear();
                for (int i = 0; i < HALF; i++) {
                    gitpod.auditLog().add(Entry.at(gitpod.now()).withAction("Größe " + i));
                }
                await().atMost(ONE_MINUTE).until(() -> gitpod.requests().count("ListAuditLogs") > 0);
                broker.start();
                binary = awaitRecords(topic, 2 * HALF);
            }
            assertThat(binary).hasSize(2 * HALF);
            Map<String, Entry> entries = entries();
            assertThat(binary)
                    .extracting(record -> header(record, "ce_id"))
                    .containsExactlyInAnyOrderElementsOf(entries.keySet());
            assertThat(binary).allSatisfy(record -> {
                Entry entry = entries.get(header(record, "ce_id"));
                assertThat(record.value()).isEqualTo(entry.json());
                assertThat(record.key()).isEqualTo(entry.subjectId());
                assertThat(header(record, "ce_specversion")).isEqualTo("1.0");
                assertThat(header(record, "ce_time")).isEqualTo(entry.createdAt());
                assertThat(header(record, "content-type")).isEqualTo("application/json");
            });

            try (Topic topic = new Topic(broker.address(), "structured");
                    ConfigurableApplicationContext route = start(broker, "structured")) {
                assertThat(awaitRecords(topic, 2 * HALF)).hasSize(2 * HALF).allSatisfy(record -> {
                    JsonNode event = MAPPER.readTree(record.value());
                    Entry entry = entries.get(event.path("id").asText());
                    assertThat(event.path("data")).isEqualTo(MAPPER.readTree(entry.json()));
                    assertThat(record.key()).isEqualTo(entry.subjectId());
                    assertThat(header(record, "content-type")).startsWith("application/cloudevents+json");
                });
            }
        }
    }

    private Map<String, Entry> entries() {
        return extension.simulator().auditLog().entries().stream()
                .collect(Collectors.toMap(Entry::id, Function.identity()));
    }

    private static List<ConsumerRecord<String, String>> awaitRecords(Topic topic, int count) {
        await().atMost(Duration.ofSeconds(60)).until(() -> topic.records().size() >= count);
        return List.copyOf(topic.records());
    }

    private static String header(ConsumerRecord<String, String> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private ConfigurableApplicationContext start(KafkaBroker broker, String mode) {
        Map<String, Object> properties = new HashMap<>(extension.simulator().properties());
        properties.put("camel.component.kafka.brokers", broker.address());
        properties.put("state.directory", directory.resolve("state-" + mode));
        properties.put("poll.delay", "50ms");
        properties.put("cloudevents", mode);
        properties.put("topic", mode);
        String[] arguments = properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
        return SpringApplication.run(AuditLogToKafka.class, arguments);
    }
}
