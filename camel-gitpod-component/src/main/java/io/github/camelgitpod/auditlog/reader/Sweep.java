package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.auditlog.walk.Granule;
import io.github.camelgitpod.auditlog.walk.Walk;
import io.github.camelgitpod.auditlog.walk.Walks;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a range before the watermark again, now and then, and delivers what is missing in the log of delivered ids: entries
 * that became visible later than the lookback allows for (delivery.md 8).
 */
final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLogReader.class);

    private final AuditLogReaderSettings settings;
    private final CursorKeeper keeper;
    private final LatenessMeter lateness;
    private Instant last;

    Sweep(AuditLogReaderSettings settings, CursorKeeper keeper, LatenessMeter lateness) {
        this.settings = settings;
        this.keeper = keeper;
        this.lateness = lateness;
    }

    /** Whether an interval has gone by since the last one; at once in a new process, or many short-lived ones never sweep. */
    boolean isDue(Instant now) {
        if (!settings.sweeps()) {
            return false;
        }
        return last == null || Duration.between(last, now).compareTo(settings.sweepInterval()) >= 0;
    }

    /**
     * Sweeps. What it delivers last is left to the caller to save.
     *
     * @return how many entries were confirmed
     */
    int run(Walks server, Instant now, Delivery delivery) throws IOException {
        DeliveredLog log = keeper.log();
        Receipts receipts = new Receipts(now);
        Walk walk = server.walk(Granule.floor(log.since()), keeper.cursor().watermark());
        try {
            for (List<AuditLogEntry> page = walk.next(); page != null; page = walk.next()) {
                List<AuditLogEntry> missed = page.stream()
                        .filter(server.filterPlan()::accepts)
                        .filter(entry -> isMissing(log, entry))
                        .toList();
                if (!missed.isEmpty() && !delivery.deliver(missed, receipts)) {
                    return receipts.confirmed;
                }
            }
            last = now;
        } finally {
            walk.close();
        }
        return receipts.confirmed;
    }

    private boolean isMissing(DeliveredLog log, AuditLogEntry entry) {
        return entry.createdAt() != null
                && !log.contains(entry.key(), entry.createdAt())
                && !keeper.cursor().hasDelivered(entry);
    }

    private final class Receipts implements Delivery.Receipts {
        private final Instant now;
        private int confirmed;

        Receipts(Instant now) {
            this.now = now;
        }

        @Override
        public boolean isLate(AuditLogEntry entry) {
            return true;
        }

        @Override
        public void confirm(AuditLogEntry entry) {
            note(entry);
            if (confirmed % settings.commitEvery() == 0) {
                keeper.save();
            }
        }

        @Override
        public void confirmAll(List<AuditLogEntry> entries) {
            entries.forEach(this::note);
            keeper.save();
        }

        private void note(AuditLogEntry entry) {
            keeper.log().add(entry.key(), entry.createdAt());
            Duration late = Duration.between(entry.createdAt(), now);
            lateness.lateBeyondLookback(late);
            LOG.warn(
                    "Entry {} of {} became visible up to {} late, later than lookback={}: only the sweep found it",
                    entry.id(),
                    entry.createdAtText(),
                    late,
                    settings.lookback());
            confirmed++;
        }
    }
}
