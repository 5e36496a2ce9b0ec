package io.github.camelgitpod.state.kafka;

import io.github.camelgitpod.state.OvertakenException;
import io.github.camelgitpod.state.kafka.FencedState.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Two owners of one state, as two machines are whose cluster service does not see that one has slept. Each counts on from the
 * number that it knows; at any step of a save one is paused, and the other saves meanwhile. Everything but the broker's times
 * follows from the seed.
 */
final class KafkaRivals implements AutoCloseable {
    private static final int TURNS = 10;
    private static final double PAUSES = 0.15;

    private final Random random;
    private final String topic;
    private final String key;
    private final List<Owner> owners = List.of(new Owner(), new Owner());
    private boolean paused;
    private int overtaken;

    private KafkaRivals(long seed, String topic) {
        random = new Random(seed);
        this.topic = topic;
        key = "history " + seed;
    }

    /** What went wrong in so many histories, and how often one was overtaken. */
    record Outcome(int overtaken, List<String> faults) {}

    /** The faults alone, for a mutant, whose class loader has an {@link Outcome} of its own. */
    static int faults(long firstSeed, int histories) {
        return run(firstSeed, histories).faults().size();
    }

    static Outcome run(long firstSeed, int histories) {
        String topic = "rivals-" + UUID.randomUUID();
        int overtaken = 0;
        List<String> faults = new ArrayList<>();
        for (long seed : LongStream.range(firstSeed, firstSeed + histories).toArray()) {
            try (KafkaRivals rivals = new KafkaRivals(seed, topic)) {
                rivals.live();
                overtaken += rivals.overtaken;
            }
        }
        LongStream.range(firstSeed, firstSeed + histories).forEach(seed -> judge(topic, "history " + seed, faults));
        return new Outcome(overtaken, faults);
    }

    private void live() {
        for (int turn = 0; turn < TURNS; turn++) {
            owners.get(random.nextInt(2)).turn();
        }
    }

    /** Each save is on top of the one before it, and none is lost: so the numbers have no gap, and none comes twice. */
    private static void judge(String topic, String key, List<String> faults) {
        List<String> saved = Topics.committed(topic).stream()
                .filter(record -> record.key().equals(key))
                .map(ConsumerRecord::value)
                .toList();
        List<String> counted = LongStream.rangeClosed(1, saved.size())
                .mapToObj(String::valueOf)
                .toList();
        if (!saved.equals(counted) || saved.isEmpty()) {
            faults.add(key + ": " + saved);
        }
    }

    private void pause(Owner sleeper) {
        if (paused || random.nextDouble() >= PAUSES) {
            return;
        }
        paused = true;
        Owner other = owners.get(1 - owners.indexOf(sleeper));
        for (int turns = 1 + random.nextInt(2); turns > 0; turns--) {
            other.turn();
        }
        paused = false;
    }

    @Override
    public void close() {
        owners.forEach(owner -> owner.repository.stop());
    }

    private final class Owner {
        private final KafkaStateRepository repository = new KafkaStateRepository(Duration.ofSeconds(10), this::reached);
        private int number;

        void turn() {
            if (!repository.isStarted()) {
                repository.setBootstrapServers(Topics.BROKER);
                repository.setTopic(topic);
                repository.getClientProperties().put("retry.backoff.ms", 10);
                repository.start();
                read();
            } else if (random.nextInt(4) == 0) {
                read();
            }
            try {
                repository.setState(key, String.valueOf(number + 1));
                number++;
            } catch (OvertakenException e) {
                overtaken++;
                read();
            }
        }

        private void read() {
            String stored = repository.getState(key);
            number = stored == null ? 0 : Integer.parseInt(stored);
        }

        private void reached(Step step) {
            pause(this);
        }
    }
}
