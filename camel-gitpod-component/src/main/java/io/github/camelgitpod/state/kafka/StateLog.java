package io.github.camelgitpod.state.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * The newest committed save of each state. Each read goes up to the end that the log had when the read began, so whatever
 * was committed before that is seen.
 *
 * <p>That end is the one of all records, and not the one up to which everything is decided: a save of another state whose
 * process has died stays undecided for a while, and what was committed after it is hidden meanwhile. To stop before it would
 * be to take an old save for the newest; so it is waited for. Safe for use by several threads.
 */
final class StateLog {
    private static final Duration TURN = Duration.ofMillis(500);

    private final Admin admin;
    private final Consumer<String, String> consumer;
    private final TopicPartition partition;
    private final Duration limit;
    private final Map<String, Saved> newest = new HashMap<>();

    /** The end was not reached, although the brokers answer. */
    static final class Undecided extends TimeoutException {
        private static final long serialVersionUID = 1L;

        private Undecided(String message) {
            super(message);
        }
    }

    /** @param limit how long the brokers may take for an answer */
    StateLog(Admin admin, Consumer<String, String> consumer, String topic, Duration limit) {
        this.admin = admin;
        this.consumer = consumer;
        this.limit = limit;
        partition = new TopicPartition(topic, StateTopic.PARTITION);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
    }

    /**
     * As of now.
     *
     * @param patience how long to wait for what is undecided
     * @throws Undecided when that is not long enough
     */
    synchronized Saved read(String key, Duration patience) {
        return readTo(end(), key, patience);
    }

    /** What is decided by now; a newer save may be hidden. */
    synchronized Saved peek(String key) {
        return readTo(consumer.endOffsets(List.of(partition), limit).get(partition), key, limit);
    }

    private Saved readTo(long end, String key, Duration patience) {
        if (position() > end) {
            // Another log: the topic was made anew.
            beginAnew();
        }
        long start = System.nanoTime();
        for (long left = 1; position() < end; left = patience.toNanos() - (System.nanoTime() - start)) {
            if (left <= 0) {
                throw new Undecided("record " + position() + " of " + end + " was not decided within " + patience
                        + ": a save that its process did not finish stands there, until the brokers give it up");
            }
            poll(TURN);
        }
        return newest.getOrDefault(key, Saved.NONE);
    }

    /** Waits for another save than that one, and returns anyway after a while. */
    synchronized void awaitChange(String key, Saved known, Duration longest) {
        long start = System.nanoTime();
        while (newest.getOrDefault(key, Saved.NONE).is(known) && System.nanoTime() - start < longest.toNanos()) {
            poll(longest);
        }
    }

    private long end() {
        return StateTopic.get(
                        admin.listOffsets(
                                        Map.of(partition, OffsetSpec.latest()),
                                        new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                                .all(),
                        limit)
                .get(partition)
                .offset();
    }

    private long position() {
        return consumer.position(partition, limit);
    }

    private void poll(Duration longest) {
        try {
            for (ConsumerRecord<String, String> record : consumer.poll(longest)) {
                newest.put(record.key(), Saved.of(record));
            }
        } catch (InvalidOffsetException e) {
            beginAnew();
        }
    }

    private void beginAnew() {
        newest.clear();
        consumer.seekToBeginning(List.of(partition));
    }

    synchronized void close() {
        consumer.close(Duration.ZERO);
    }
}
