package io.github.camelgitpod.state.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topic itself: it is made where it is missing, and one that would forget states is refused. */
final class StateTopic {
    /** All states are in one, so that more partitions, which Kafka lets anybody add, move no state. */
    static final int PARTITION = 0;

    private static final Logger LOG = LoggerFactory.getLogger(StateTopic.class);

    /** Only what is not written to any more is compacted, and all that is there is read at a start: so parts are small. */
    private static final Map<String, String> CONFIG = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT,
            TopicConfig.SEGMENT_BYTES_CONFIG,
            String.valueOf(32 * 1024 * 1024),
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
            String.valueOf(16 * 1024 * 1024));

    private final Admin admin;
    private final String name;
    private final Duration limit;

    StateTopic(Admin admin, String name, Duration limit) {
        this.admin = admin;
        this.name = name;
        this.limit = limit;
    }

    /** @throws IllegalStateException when the topic is there, and does not keep the newest record of each key for ever */
    void prepare() {
        if (!exists() && create()) {
            return;
        }
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
        String policy = get(admin.describeConfigs(List.of(topic)).all())
                .get(topic)
                .get(TopicConfig.CLEANUP_POLICY_CONFIG)
                .value();
        if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            throw new IllegalStateException("The topic " + name + " for the state has cleanup.policy=" + policy
                    + ", so that it would forget states after a while; allowed: compact alone. Change it with kafka-configs,"
                    + " or name another topic");
        }
    }

    private boolean exists() {
        try {
            get(admin.describeTopics(List.of(name)).allTopicNames());
            return true;
        } catch (UnknownTopicOrPartitionException e) {
            return false;
        }
    }

    /** Whether it was made here: another instance may have been faster. */
    private boolean create() {
        try {
            get(admin.createTopics(List.of(new NewTopic(name, Optional.of(1), Optional.empty()).configs(CONFIG)))
                    .all());
            LOG.info("Topic {} made", name);
            return true;
        } catch (TopicExistsException e) {
            return false;
        }
    }

    /** An answer, with Kafka's own exception in the place of what it comes in. */
    private <T> T get(KafkaFuture<T> answer) {
        return get(answer, limit);
    }

    static <T> T get(KafkaFuture<T> answer, Duration limit) {
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException("no answer", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
