package io.github.camelgitpod.state.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka's clients, with the user's settings and those on which the promise rests. Says nothing of what is set. */
final class KafkaClients {
    /** What a save must be safe from, and what would put somebody else's word in its place. */
    private static final Set<String> OURS = Set.of(
            CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
            CommonClientConfigs.GROUP_ID_CONFIG,
            ProducerConfig.ACKS_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG);
    /** Before compression. How large a record may be after it, the topic says. */
    private static final int LARGEST_TEXT = 64 * 1024 * 1024;
    /**
     * While a save is neither finished nor given up, nobody can read what others saved after it. Where its process died, the
     * brokers give it up after this time, and look for such ones every 10 seconds.
     */
    private static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(10);

    private static final Duration LONGEST_RECONNECT = Duration.ofSeconds(5);
    private static final AtomicLong COUNT = new AtomicLong();

    private final Map<String, Object> settings = new HashMap<>();
    private final Duration limit;

    /**
     * @param properties of the user's, for all clients
     * @param limit      how long one call may take
     * @throws IllegalArgumentException when the properties contain one that is not for the user to set
     */
    KafkaClients(String bootstrapServers, Map<String, ?> properties, Duration limit) {
        Set<String> refused = new TreeSet<>(properties.keySet());
        refused.retainAll(OURS);
        if (!refused.isEmpty()) {
            throw new IllegalArgumentException("clientProperties may not set " + String.join(", ", refused)
                    + ", which this repository sets itself (the brokers are the property bootstrapServers); allowed: all others"
                    + " of Kafka's clients, such as security.protocol");
        }
        this.limit = limit;
        int millis = Math.toIntExact(limit.toMillis());
        settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, millis / 2);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, LONGEST_RECONNECT.toMillis());
        settings.putAll(properties);
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    }

    /** The first writer is made much later than the other clients: what it refuses is to be known at once. */
    Admin admin() {
        ProducerConfig.configDef().parse(writerSettings("any"));
        return Admin.create(named(new HashMap<>(settings)));
    }

    /** Sees only what is committed, in the order of the log. */
    Consumer<String, String> reader() {
        Map<String, Object> reader = new HashMap<>(settings);
        reader.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        reader.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        reader.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(named(reader), new StringDeserializer(), new StringDeserializer());
    }

    /** One transaction at a time, and one producer of this id: the newest. */
    Producer<String, String> writer(String transactionalId) {
        return new KafkaProducer<>(
                named(writerSettings(transactionalId)), new StringSerializer(), new StringSerializer());
    }

    private Map<String, Object> writerSettings(String transactionalId) {
        Map<String, Object> writer = new HashMap<>();
        writer.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, limit.toMillis());
        writer.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(limit.toMillis()));
        writer.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Math.toIntExact(LONGEST_TRANSACTION.toMillis()));
        // Texts of the same ids again and again; of Kafka's codecs, this one needs no native library.
        writer.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
        writer.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_TEXT);
        writer.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) LARGEST_TEXT);
        writer.putAll(settings);
        writer.put(ProducerConfig.ACKS_CONFIG, "all");
        writer.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        writer.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        writer.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        writer.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        return writer;
    }

    /** With a name of its own, since Kafka shows its clients by name in JMX. */
    private static Map<String, Object> named(Map<String, Object> client) {
        Object name = client.getOrDefault(CommonClientConfigs.CLIENT_ID_CONFIG, "camel-gitpod-state");
        client.put(CommonClientConfigs.CLIENT_ID_CONFIG, name + "-" + COUNT.incrementAndGet());
        return client;
    }
}
