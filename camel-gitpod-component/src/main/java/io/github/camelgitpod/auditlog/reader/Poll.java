package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.auditlog.walk.RecentKeys;
import io.github.camelgitpod.auditlog.walk.Walks;
import io.github.camelgitpod.client.TimeRange;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One poll: delivers what is new in some ranges, notes what was confirmed, and saves it. */
final class Poll extends SavingReceipts {
    private final Walks server;
    private final CursorKeeper keeper;
    private final ReaderMonitor monitor;
    private final OwnerCheck owner;
    private final Instant now;
    private final Instant watermarkBound;
    private RecentKeys deliveredHere = new RecentKeys();
    private int confirmed;
    /** Everything of the ranges that was created before it has been delivered; null: nothing is known yet. */
    private Instant reached;

    private boolean saveFailed;

    /**
     * @param now            before the first request; for people, and for entries without a time
     * @param watermarkBound how far this poll may move the watermark; null: not at all
     */
    Poll(
            Walks server,
            CursorKeeper keeper,
            ReaderMonitor monitor,
            OwnerCheck owner,
            Instant now,
            Instant watermarkBound) {
        this.server = server;
        this.keeper = keeper;
        this.monitor = monitor;
        this.owner = owner;
        this.now = now;
        this.watermarkBound = watermarkBound;
    }

    /** How many entries were confirmed. */
    int confirmed() {
        return confirmed;
    }

    /**
     * Delivers what is new.
     *
     * @param ranges in order
     * @return whether everything was delivered
     */
    boolean run(List<TimeRange> ranges, Delivery delivery) throws IOException {
        try {
            return server.read(() -> allOf(ranges, delivery), () -> onLegacyServer(ranges, delivery));
        } finally {
            keeper.serverIs(server.kind().name());
        }
    }

    private boolean allOf(List<TimeRange> ranges, Delivery delivery) throws IOException {
        for (TimeRange range : ranges) {
            if (!through(range, delivery)) {
                return false;
            }
        }
        return true;
    }

    /** Reads everything between the first and the last range again, except what is before the watermark. */
    private boolean onLegacyServer(List<TimeRange> ranges, Delivery delivery) throws IOException {
        // Reached under the assumption that the server sorts. What was saved on the way is known to be delivered.
        reached = null;
        deliveredHere = new RecentKeys();
        Instant from = ranges.get(0).from();
        Instant to = ranges.get(ranges.size() - 1).to();
        Instant watermark = keeper.cursor().watermark();
        return through(new TimeRange(from.isBefore(watermark) ? watermark : from, to), delivery);
    }

    private boolean through(TimeRange range, Delivery delivery) throws IOException {
        boolean complete = false;
        monitor.progress().begin(range.to());
        try {
            complete = server.through(range, (entries, position) -> deliver(entries, position, delivery));
        } finally {
            monitor.progress().end(complete);
        }
        return complete;
    }

    private boolean deliver(List<AuditLogEntry> entries, Instant position, Delivery delivery) throws IOException {
        owner.duringPoll();
        List<AuditLogEntry> fresh = entries.stream()
                .filter(entry -> !keeper.cursor().hasDelivered(entry, now))
                .toList();
        if (!fresh.isEmpty() && !delivery.deliver(fresh, this)) {
            return false;
        }
        countDuplicates(entries, fresh);
        reached = position;
        keeper.cursor().seen(server.newest());
        monitor.progress().delivered(fresh, position);
        return true;
    }

    /** What is listed again in the read that delivered it. Not what later reads find again: each has all of the lookback. */
    private void countDuplicates(List<AuditLogEntry> entries, List<AuditLogEntry> fresh) {
        int duplicates = fresh.size() == entries.size()
                ? 0
                : (int) entries.stream()
                        .filter(entry -> deliveredHere.contains(entry.key()))
                        .count();
        fresh.forEach(entry -> deliveredHere.add(entry.key()));
        monitor.dropped(duplicates);
        keeper.coverage().dropped(duplicates);
    }

    @Override
    public boolean isLate(AuditLogEntry entry) {
        return keeper.cursor().isLate(entry);
    }

    @Override
    public void passedOver(List<AuditLogEntry> entries) {
        entries.forEach(keeper.coverage()::passedOver);
    }

    @Override
    boolean note(AuditLogEntry entry) {
        if (isLate(entry)) {
            monitor.late(Duration.between(entry.createdAt(), now));
        }
        confirmed++;
        monitor.delivered();
        if (entry.createdAt() != null) {
            reached = entry.createdAt();
        }
        return keeper.confirmed(entry, now);
    }

    /** Saves what was confirmed, also at the end of a poll that failed: it need not be read again. */
    @Override
    void save() {
        if (saveFailed) {
            // The poll ends because of that failure. A second one, at its end, would hide the first.
            return;
        }
        saveFailed = true;
        if (watermarkBound != null && reached != null) {
            keeper.advanceOnTheWay(Clocks.earlier(reached, watermarkBound));
        }
        keeper.save();
        saveFailed = false;
        monitor.publish(keeper.cursor(), server.kind());
    }
}
