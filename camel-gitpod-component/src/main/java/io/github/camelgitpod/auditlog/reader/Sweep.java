package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.auditlog.walk.Granule;
import io.github.camelgitpod.auditlog.walk.Walks;
import io.github.camelgitpod.client.Durations;
import io.github.camelgitpod.client.TimeRange;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.ShownText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a range before the watermark again, now and then, and delivers the entries that the log of delivered ids does not
 * have. These became visible later than the lookback allows for.
 */
final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    private final AuditLogReaderSettings settings;
    private final Walks server;
    private final CursorKeeper keeper;
    private final ReaderMonitor monitor;
    private final OwnerCheck owner;
    private final Interval interval;

    Sweep(AuditLogReaderSettings settings, Walks server, CursorKeeper keeper, ReaderMonitor monitor, OwnerCheck owner) {
        this.settings = settings;
        this.server = server;
        this.keeper = keeper;
        this.monitor = monitor;
        this.owner = owner;
        this.interval = new Interval(settings.sweepInterval());
    }

    /** Whether an interval has passed since the last sweep. The first is due at once: a process may not live for an interval. */
    boolean isDue(Clocks clocks) {
        return settings.sweeps() && !keeper.isHeld() && interval.isOver(clocks.machine());
    }

    /**
     * Sweeps. The caller saves what was delivered last.
     *
     * @param now for people
     * @return how many entries were confirmed
     */
    int run(Clocks clocks, Instant now, Delivery delivery) throws IOException {
        DeliveredLog log = keeper.log();
        Receipts receipts = new Receipts(now);
        TimeRange swept =
                new TimeRange(Granule.floor(log.since()), keeper.cursor().watermark());
        boolean complete = server.read(swept, (entries, position) -> {
            owner.duringPoll();
            List<AuditLogEntry> missed =
                    entries.stream().filter(entry -> isMissing(log, entry)).toList();
            return missed.isEmpty() || delivery.deliver(missed, receipts);
        });
        if (complete) {
            interval.begin(clocks.machine());
        }
        return receipts.confirmed;
    }

    private boolean isMissing(DeliveredLog log, AuditLogEntry entry) {
        return entry.createdAt() != null
                && !log.contains(entry.key(), entry.createdAt())
                && !keeper.cursor().hasDelivered(entry);
    }

    private final class Receipts extends SavingReceipts {
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
        public void passedOver(List<AuditLogEntry> entries) {
            entries.forEach(keeper.coverage()::passedOver);
        }

        @Override
        void save() {
            keeper.save();
        }

        @Override
        boolean note(AuditLogEntry entry) {
            Duration late = Duration.between(entry.createdAt(), now);
            monitor.delivered();
            monitor.lateBeyondLookback(late);
            LOG.warn(
                    "Entry {} of {} became visible up to {} late, later than lookback={}: only the sweep found it",
                    ShownText.of(entry.id()),
                    ShownText.of(entry.createdAtText()),
                    Durations.text(late),
                    Durations.text(settings.lookback()));
            confirmed++;
            return keeper.confirmedBySweep(entry);
        }
    }
}
