package io.github.camelgitpod.state.kafka;

import io.github.camelgitpod.state.OvertakenException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * One state, and the right to save it. A save is one transaction of a producer whose transactional id is made of the topic
 * and the state's key, so all instances of a consumer have the same.
 *
 * <p><b>Why who was overtaken saves nothing.</b> Of all producers with one transactional id only the one that called
 * {@code initTransactions} last can commit. When that call returns, each earlier transaction is decided: committed, and then
 * it is in the log before the log's end, or given up for ever. So a writer first takes the id, <i>then</i> reads the log to
 * its end, and compares the save that it finds there with the one that it knows. As long as nobody takes the id from it, no
 * other save can be committed: what it found is what it writes on, now and with each later save. When somebody has taken it,
 * the broker refuses to commit, and it begins again, with the comparison.
 *
 * <p>Who only looks, such as a consumer that stands by, takes nothing, unless it has to wait too long for a save that is not
 * finished; and who sees already in the log that it was overtaken does not take it either. An owner from whom it was taken
 * without a save takes it back with its next one. Safe for use by several threads.
 */
final class FencedState {
    private static final int ATTEMPTS = 6;
    /** The one who has the id now has begun to save: it gets the time for it. */
    private static final int TURN_MILLIS = 60;

    private final KafkaClients clients;
    private final StateLog log;
    private final String topic;
    private final String key;
    private final Duration limit;
    private final Consumer<Step> steps;

    /** The save that was read or made last, which the next one is on top of; null: none was read. */
    private Saved known;
    /** The save whose end was not seen: it may be committed nevertheless. */
    private Saved uncertain;
    /** Null unless this one took the id last, as far as it knows. */
    private Producer<String, String> writer;

    /** The parts of a save, for tests: between any two of them somebody else may do the same. */
    enum Step {
        LOOK,
        TAKE,
        COMPARE,
        WRITE,
        COMMIT,
        REMEMBER
    }

    /**
     * @param limit how long to wait for the saves of other states
     * @param steps is told what comes next
     */
    FencedState(KafkaClients clients, StateLog log, String topic, String key, Duration limit, Consumer<Step> steps) {
        this.limit = limit;
        this.clients = clients;
        this.log = log;
        this.topic = topic;
        this.key = Saved.shortened(key);
        this.steps = steps;
    }

    /** The state as it is, which the next save is on top of. Null: there is none. */
    synchronized String read() {
        Saved newest = newest();
        adopt(newest);
        return newest.text();
    }

    private Saved newest() {
        try {
            // A save takes some hundredths of a second: a tenth of what is bearable is long.
            Saved newest = log.read(key, limit.dividedBy(10));
            // One of this instance may still come after what was read.
            return uncertain != null && newest.is(known) ? decide() : newest;
        } catch (StateLog.Undecided e) {
            // If it is a save of this state that was not finished, this finishes it.
            return decide();
        }
    }

    /** @throws OvertakenException when another one has saved since */
    synchronized void save(String text) {
        RuntimeException refusal = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                if (writer == null) {
                    take();
                }
                write(known.next(text));
                return;
            } catch (RuntimeException e) {
                release(Duration.ZERO);
                if (!isFenced(e)) {
                    throw e;
                }
                refusal = e;
                giveWay(attempt);
            }
        }
        throw refusal;
    }

    private void take() {
        steps.accept(Step.LOOK);
        if (known != null) {
            compare(log.peek(key));
        }
        Saved newest = decide();
        compare(newest);
        adopt(newest);
    }

    /** Takes the id: what was begun with it before is decided, and nobody else commits. The newest save after that. */
    private Saved decide() {
        release(Duration.ZERO);
        steps.accept(Step.TAKE);
        writer = clients.writer("camel-gitpod-state/" + topic + "/" + key);
        try {
            writer.initTransactions();
            steps.accept(Step.COMPARE);
            return log.read(key, limit);
        } catch (RuntimeException e) {
            release(Duration.ZERO);
            throw e;
        }
    }

    private void compare(Saved newest) {
        if (known == null || newest.is(uncertain)) {
            adopt(newest);
        } else if (!newest.is(known)) {
            throw new OvertakenException("The state " + key + " in topic " + topic + " is of generation "
                    + newest.generation() + ", and this instance knows generation " + known.generation()
                    + ": another instance owns the cursor now. Nothing was saved; to read the state again, as a restart"
                    + " does, is to go on from the newer one");
        }
    }

    private void write(Saved save) {
        steps.accept(Step.WRITE);
        uncertain = save.forgetText();
        writer.beginTransaction();
        writer.send(save.toRecord(topic, key));
        steps.accept(Step.COMMIT);
        writer.commitTransaction();
        steps.accept(Step.REMEMBER);
        adopt(save);
    }

    private void adopt(Saved save) {
        known = save.forgetText();
        uncertain = null;
    }

    private void giveWay(int attempt) {
        int longest = TURN_MILLIS << attempt;
        log.awaitChange(
                key,
                known,
                Duration.ofMillis(longest / 2 + ThreadLocalRandom.current().nextInt(longest)));
    }

    /** Another one took the id, or the broker gave up what took too long. */
    private static boolean isFenced(Throwable e) {
        return e instanceof ProducerFencedException
                || e instanceof InvalidProducerEpochException
                || e instanceof InvalidPidMappingException
                || e.getCause() != null && isFenced(e.getCause());
    }

    /** Without a word to the broker: whoever takes the id next, ends what is open. */
    private void release(Duration patience) {
        if (writer != null) {
            writer.close(patience);
            writer = null;
        }
    }

    /** @param patience for what is on its way */
    synchronized void close(Duration patience) {
        release(patience);
    }
}
