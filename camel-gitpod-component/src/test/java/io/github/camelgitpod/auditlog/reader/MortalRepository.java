package io.github.camelgitpod.auditlog.reader;

import java.util.Random;
import org.apache.camel.support.processor.state.MemoryStateRepository;

/** What processes save to: it outlives them. A process may die just before or after a save, and a save may fail. */
final class MortalRepository extends MemoryStateRepository {
    private final Sink process;
    private final Random random;
    private double failureProbability;
    private int failedSaves;

    MortalRepository(Sink process, Random random, double failureProbability) {
        this.process = process;
        this.random = random;
        this.failureProbability = failureProbability;
    }

    @Override
    public void setState(String key, String value) {
        process.crashPerhaps();
        if (random.nextDouble() < failureProbability) {
            failedSaves++;
            throw new FailedSave();
        }
        super.setState(key, value);
        if (key.equals("history")) {
            process.saved();
        }
        process.crashPerhaps();
    }

    void recover() {
        failureProbability = 0;
    }

    void revive() {
        process.revive();
    }

    int failedSaves() {
        return failedSaves;
    }

    /** The disk is full, the database is away. */
    static final class FailedSave extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
