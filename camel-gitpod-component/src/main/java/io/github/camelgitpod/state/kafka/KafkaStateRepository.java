package io.github.camelgitpod.state.kafka;

import io.github.camelgitpod.state.OvertakenException;
import io.github.camelgitpod.state.SafeFailure;
import io.github.camelgitpod.state.StateUnavailableException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Keeps states in a compacted topic of Kafka, one key each, for consumers that may start on one machine today and on another
 * tomorrow. Needs {@code kafka-clients} on the class path, and brokers with transactions (Kafka 2.5 or newer).
 *
 * <p><b>The topic</b> is made at start if it is missing: one partition, as many replicas as the brokers make by default,
 * records of up to 16 MB. One that is there must have {@code cleanup.policy=compact}, and no other policy beside it. Only its
 * first partition is used.
 *
 * <p><b>Compare and set.</b> A save succeeds only on top of the one that this repository read or made last. So when a second
 * instance has taken over, the first one, however long it was paused or cut off, cannot overwrite the newer state with its
 * older one: the brokers refuse it, and {@link #setState} throws, each time, until the state is read again, which adopts the
 * newer one. Of two instances that run at once, the one that saves first goes on. A save whose answer was lost on the way is
 * recognised as this instance's own.
 *
 * <p><b>How safe.</b> When a save returns, all replicas that are in sync have it ({@code acks=all}). How many that are, the
 * topic's {@code min.insync.replicas} says.
 *
 * <p><b>Clients.</b> It has one reader and one administrative client, and one producer, with a thread, for each key that it
 * saves: one that was not saved while others were 64 times gives it back. What all states of the topic hold is in memory. A broker that does not answer for 30 seconds is an error. Whoever
 * made it also stops it: that closes the clients. Safe for use by several threads; each instance of a consumer needs a
 * repository of its own: two consumers that share one repository and one key are one owner.
 */
public final class KafkaStateRepository extends ServiceSupport implements StateRepository<String, String> {
    /** The name of the topic if none is given. */
    public static final String DEFAULT_TOPIC = "camel-gitpod-state";

    private static final Duration LONGEST_CALL = Duration.ofSeconds(30);

    private final Map<String, Object> clientProperties = new LinkedHashMap<>();
    private final Duration limit;
    private final Consumer<FencedState.Step> steps;
    private String bootstrapServers;
    private String topic = DEFAULT_TOPIC;
    private SafeFailure hidden;
    private Admin admin;
    private StateLog log;
    /** Null unless it is started. */
    private volatile OpenStates states;

    /** One whose brokers are set before it is started. */
    public KafkaStateRepository() {
        this(LONGEST_CALL, step -> {});
    }

    /** @param bootstrapServers some of the brokers, as {@code host:port}, separated by commas */
    public KafkaStateRepository(String bootstrapServers) {
        this();
        this.bootstrapServers = bootstrapServers;
    }

    KafkaStateRepository(Duration limit, Consumer<FencedState.Step> steps) {
        this.limit = limit;
        this.steps = steps;
    }

    /** Some of the brokers; null: not set. */
    public String getBootstrapServers() {
        return bootstrapServers;
    }

    /** @param bootstrapServers some of the brokers, as {@code host:port}, separated by commas; required */
    public void setBootstrapServers(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** The topic of the states; {@link #DEFAULT_TOPIC} unless set. */
    public String getTopic() {
        return topic;
    }

    /** @param topic of the states, and of nothing else */
    public void setTopic(String topic) {
        this.topic = topic;
    }

    /** Further properties of Kafka's clients, such as {@code security.protocol}; some are not for the user to set. Never null. */
    public Map<String, Object> getClientProperties() {
        return clientProperties;
    }

    /** @param clientProperties as Kafka's clients know them, for all of them; may hold secrets, which are shown nowhere */
    public void setClientProperties(Map<String, Object> clientProperties) {
        this.clientProperties.clear();
        this.clientProperties.putAll(clientProperties);
    }

    /**
     * Makes the topic if it is missing.
     *
     * @throws IllegalArgumentException when a setting is missing or not allowed
     * @throws IllegalStateException    when the brokers cannot be reached, or the topic would forget states
     */
    @Override
    protected void doStart() {
        if (bootstrapServers == null || bootstrapServers.isBlank()) {
            throw new IllegalArgumentException(
                    "bootstrapServers is not set; it needs some of Kafka's brokers, such as kafka-1:9092,kafka-2:9092");
        }
        if (topic == null || topic.isBlank()) {
            throw new IllegalArgumentException("topic is empty; it needs the name of a topic, such as " + DEFAULT_TOPIC
                    + ", which is the default");
        }
        KafkaClients clients = new KafkaClients(bootstrapServers, clientProperties, limit);
        hidden = ClientSecrets.hidden(clientProperties);
        try {
            admin = clients.admin();
            new StateTopic(admin, topic, limit).prepare();
            StateLog opened = new StateLog(admin, clients.reader(), topic, limit);
            log = opened;
            states = new OpenStates(key -> new FencedState(clients, opened, topic, key, limit, steps));
        } catch (KafkaException e) {
            doStop();
            throw new IllegalStateException(
                    "The topic " + topic + " for the state cannot be used: " + why(e), hidden.of(e));
        }
    }

    @Override
    protected void doStop() {
        if (states != null) {
            states.close(limit);
            states = null;
        }
        if (log != null) {
            log.close();
            log = null;
        }
        if (admin != null) {
            admin.close(Duration.ZERO);
            admin = null;
        }
    }

    /**
     * Saves a state on top of the one that this repository read or saved last.
     *
     * @throws OvertakenException        when another instance has saved meanwhile
     * @throws StateUnavailableException when the brokers fail, or refuse it
     */
    @Override
    public void setState(String key, String value) {
        Objects.requireNonNull(value, "A state has a text");
        call(key, "could not be saved in", all -> {
            all.save(key, value);
            return null;
        });
    }

    /**
     * Reads a state, and adopts it: this repository may save the next one. Null when there is none.
     *
     * @throws StateUnavailableException when the brokers fail
     */
    @Override
    public String getState(String key) {
        return call(key, "could not be read from", all -> all.read(key));
    }

    private String call(String key, String failure, Function<OpenStates, String> work) {
        OpenStates started = states;
        if (started == null) {
            throw new IllegalStateException("The repository of topic " + topic + " is not started");
        }
        try {
            return work.apply(started);
        } catch (KafkaException e) {
            throw new StateUnavailableException(
                    "The state " + key + " " + failure + " topic " + topic + ": " + why(e), hidden.of(e));
        }
    }

    private String why(Throwable e) {
        return hidden.text(reason(e));
    }

    /** Why it failed, for people: what is inside says it better. */
    private String reason(Throwable e) {
        if (e instanceof RecordTooLargeException) {
            return "it is too large for the topic. Raise the topic's max.message.bytes (unless set, the brokers'"
                    + " message.max.bytes): " + e.getMessage();
        }
        if (e instanceof TimeoutException) {
            return "it took too long (limit " + limit.toSeconds() + " s): " + e.getMessage();
        }
        return e.getCause() instanceof KafkaException cause ? reason(cause) : e.getMessage();
    }

    @Override
    public String toString() {
        return "KafkaStateRepository[topic " + topic + "]";
    }
}
