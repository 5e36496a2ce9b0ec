package io.github.camelgitpod.state.kafka;

import io.github.camelgitpod.testing.kafka.KafkaBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What an administrator sees of the shared broker, and can do to it. */
final class Topics implements AutoCloseable {
    static final String BROKER = KafkaBroker.shared().address();

    private final Admin admin = Admin.create(Map.of("bootstrap.servers", BROKER));

    /** A name that no other test has. */
    static String newName() {
        return "states-" + UUID.randomUUID();
    }

    void create(String name, Map<String, String> config) throws Exception {
        admin.createTopics(List.of(new NewTopic(name, Optional.of(1), Optional.empty()).configs(config)))
                .all()
                .get();
    }

    void delete(String name) throws Exception {
        admin.deleteTopics(List.of(name)).all().get();
    }

    String config(String name, String key) throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
        return admin.describeConfigs(List.of(topic))
                .all()
                .get()
                .get(topic)
                .get(key)
                .value();
    }

    /** Of all records, also those that are not committed. */
    long end(String name) throws Exception {
        TopicPartition partition = new TopicPartition(name, 0);
        return admin.listOffsets(
                        Map.of(partition, OffsetSpec.latest()), new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                .all()
                .get()
                .get(partition)
                .offset();
    }

    /** What is committed, in the order of the log. */
    static List<ConsumerRecord<String, String>> committed(String name) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", BROKER, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(name, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            List<ConsumerRecord<String, String>> records = new ArrayList<>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    /** Records without a transaction, as an administrator's tool writes them. */
    static void write(String name, Iterable<Map.Entry<String, String>> records) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", BROKER), new StringSerializer(), new StringSerializer())) {
            records.forEach(record -> producer.send(new ProducerRecord<>(name, 0, record.getKey(), record.getValue())));
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
