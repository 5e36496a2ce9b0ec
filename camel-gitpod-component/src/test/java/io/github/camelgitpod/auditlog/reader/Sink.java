package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.model.AuditLogEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Takes a history's deliveries. Some fail, or crash the process before or after, and each is checked for its late mark. */
final class Sink implements Delivery {
    private static final int MAX_CRASHES = 12;

    private final Campaign campaign;
    private final Random random;
    private final List<String> delivered = new ArrayList<>();
    private final List<String> wronglyMarked = new ArrayList<>();
    private double crashProbability;
    private double failureProbability;
    private int crashes;
    private boolean dead;
    private int inThisPoll;
    /** The newest entry that was confirmed, as the process knows it, and as the cursor that is saved does. */
    private Instant newest = Instant.MIN;

    private Instant newestSaved = Instant.MIN;

    Sink(Campaign campaign, Random random) {
        this.campaign = campaign;
        this.random = random;
        crashProbability = campaign.crashes;
        failureProbability = campaign.sinkFailures;
    }

    void recover() {
        crashProbability = 0;
        failureProbability = 0;
    }

    void reopened() {
        newest = newestSaved;
    }

    void saved() {
        newestSaved = newest;
    }

    void beginPoll() {
        inThisPoll = 0;
    }

    @Override
    public boolean deliver(List<AuditLogEntry> entries, Receipts receipts) {
        for (AuditLogEntry entry : entries) {
            crashPerhaps();
            if (random.nextDouble() < failureProbability) {
                return false;
            }
            check(entry, receipts.isLate(entry));
            delivered.add(entry.json().toString());
            crashPerhaps();
            if (entry.createdAt() != null && entry.createdAt().isAfter(newest)) {
                newest = entry.createdAt();
            }
            receipts.confirm(entry);
            if (++inThisPoll == campaign.maxMessagesPerPoll) {
                return false;
            }
        }
        return true;
    }

    /** What a sweep finds is always late. Where some entries have no time, others may count as late that are not. */
    private void check(AuditLogEntry entry, boolean late) {
        boolean older = entry.createdAt() != null && entry.createdAt().isBefore(newest);
        if (late != older && !(late && (campaign.sweepInterval != null || campaign.withoutDate > 0))) {
            wronglyMarked.add(entry + " was marked " + (late ? "late" : "not late") + " after one of " + newest);
        }
    }

    void crashPerhaps() {
        crashPerhaps(random);
    }

    /** @param random says whether */
    void crashPerhaps(Random random) {
        if (dead || (crashes < MAX_CRASHES && random.nextDouble() < crashProbability)) {
            crashes += dead ? 0 : 1;
            dead = true;
            throw new History.Crash();
        }
    }

    void revive() {
        dead = false;
    }

    int crashes() {
        return crashes;
    }

    List<String> delivered() {
        return delivered;
    }

    List<String> wronglyMarked() {
        return wronglyMarked;
    }
}
