package io.github.camelgitpod.machines;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgitpod.state.StateJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The committed records of the topic: the part that is written to is not compacted. */
final class TopicSaves implements Saves {
    private static final Duration TURN = Duration.ofMillis(100);

    private final KafkaConsumer<String, String> consumer;
    private final TopicPartition partition;
    private final Map<String, List<Save>> saves = new HashMap<>();

    TopicSaves(String brokers, String topic) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        brokers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false),
                new StringDeserializer(),
                new StringDeserializer());
        partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
    }

    @Override
    public synchronized List<Save> of(String key) throws JsonProcessingException {
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<String, String> record : consumer.poll(TURN)) {
                read(record);
            }
        }
        return List.copyOf(saves.getOrDefault(key, List.of()));
    }

    private void read(ConsumerRecord<String, String> record) throws JsonProcessingException {
        if (!Set.of(Node.AUDIT_KEY, Node.EVENTS_KEY).contains(record.key())) {
            return;
        }
        JsonNode state = StateJson.MAPPER.readTree(record.value());
        String position =
                state.path("L").asText(state.at("/deliveredUpTo/organization").asText(null));
        // The record's own time is of whole milliseconds: too coarse to say what was delivered before a save.
        String savedAt = state.path("savedAt").asText(null);
        Instant at = savedAt == null ? Instant.ofEpochMilli(record.timestamp()) : Instant.parse(savedAt);
        saves.computeIfAbsent(record.key(), any -> new ArrayList<>())
                .add(Save.of(state.path("owner").asText(), position, at));
    }

    @Override
    public synchronized void close() {
        consumer.close(Duration.ZERO);
    }
}
