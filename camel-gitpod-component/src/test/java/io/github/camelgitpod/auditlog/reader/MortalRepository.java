package io.github.camelgitpod.auditlog.reader;

import java.util.Random;
import org.apache.camel.support.processor.state.MemoryStateRepository;

/** What processes save to: it outlives them. A process may die just before or after a save, and a save may fail. */
final class MortalRepository extends MemoryStateRepository {
    static final String HISTORY = "history";

    private final Sink process;
    private final Random random;
    /** For the cursor's parts, so that a history with them is not quite another one. */
    private final Random ofParts;

    private double failureProbability;
    private int failedSaves;

    MortalRepository(Sink process, Random random, Random ofParts, double failureProbability) {
        this.process = process;
        this.random = random;
        this.ofParts = ofParts;
        this.failureProbability = failureProbability;
    }

    @Override
    public void setState(String key, String value) {
        Random random = key.startsWith(HISTORY + "/seen/") ? ofParts : this.random;
        process.crashPerhaps(random);
        if (random.nextDouble() < failureProbability) {
            failedSaves++;
            throw new FailedSave();
        }
        super.setState(key, value);
        if (key.equals(HISTORY)) {
            process.saved();
        }
        process.crashPerhaps(random);
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
