package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.client.AuditLogEntry;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.state.CursorState;
import io.github.camelgitpod.state.CursorStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers every entry of the audit log once (delivery.md 2 and 3). What becomes visible within the lookback of its creation
 * is not lost: the watermark follows completed deliveries only, and never comes nearer to the server's now than the lookback.
 * Used by one thread at a time.
 */
public final class AuditLogReader {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLogReader.class);
    /** How far a read of the tail goes back behind the newest entry delivered. */
    private static final Duration TAIL = Duration.ofSeconds(5);

    private final GitpodClient client;
    private final AuditLogReaderSettings settings;
    private final CursorStore store;
    private AuditLogCursor cursor;
    private Instant lastFullRead;
    private boolean finished;

    /**
     * @param store holds the cursor; one that is there wins over the settings' start
     * @throws IllegalArgumentException when the stored cursor was made with another filter
     * @throws IllegalStateException    when the stored cursor cannot be read
     */
    public AuditLogReader(GitpodClient client, AuditLogReaderSettings settings, CursorStore store) {
        this.client = client;
        this.settings = settings;
        this.store = store;
        Optional<CursorState> stored = store.load();
        if (stored.isPresent()
                && FilterChange.keepsCursor(stored.get().filter(), settings.filter(), settings.onFilterChange())) {
            this.cursor = AuditLogCursor.of(stored.get());
            LOG.info("Going on with the stored cursor: everything before {} was delivered", cursor.watermark());
        }
    }

    /** Whether the settings' end is reached, so that no poll will deliver anything again. */
    public boolean isFinished() {
        return finished;
    }

    /**
     * Delivers what is new.
     *
     * @return how many entries were confirmed
     */
    public int poll(Delivery delivery) throws IOException {
        if (finished) {
            return 0;
        }
        Instant now = serverTime();
        if (cursor == null) {
            begin(now);
        }
        // Whatever is created before this moment and visible within the lookback is visible before the first request.
        Instant settled = now.minus(settings.lookback());
        boolean full = isFullReadDue(now, settled);
        Poll poll = new Poll(full ? settled : null);
        try {
            AuditLogWalk walk = walk(now, full);
            boolean complete = poll.run(walk, delivery);
            if (complete && full) {
                cursor.advanceTo(earlier(settled, settings.to()));
                lastFullRead = now;
                finished = settings.to() != null && !settings.to().isAfter(settled);
            }
        } finally {
            poll.save();
        }
        return poll.confirmed;
    }

    private Instant serverTime() throws IOException {
        if (client.serverTime().isEmpty()) {
            client.listAuditLogs(new AuditLogQuery(settings.filter(), null, null, null, 1, null));
        }
        return client.serverTime()
                .orElseThrow(() -> new IOException("The server's answers carry no Date, by which the cursor moves"));
    }

    private void begin(Instant now) {
        cursor = AuditLogCursor.startingAt(settings.start().resolve(now));
        // Saved at once: a restart before the first entry must not begin at a later now.
        store.save(cursor.toState(settings.filter()));
        LOG.info("Beginning at {}", cursor.watermark());
    }

    /** Only a full read moves the watermark; between two of them the tail is enough, and much cheaper. */
    private boolean isFullReadDue(Instant now, Instant settled) {
        boolean ending = settings.to() != null && !settings.to().isAfter(settled);
        return lastFullRead == null
                || ending
                || Duration.between(lastFullRead, now)
                                .compareTo(settings.lookback().dividedBy(2))
                        >= 0;
    }

    /** The end is fixed for the whole walk, so that new entries cannot move it. */
    private AuditLogWalk walk(Instant now, boolean full) {
        Instant from = cursor.watermark();
        if (!full && cursor.newest() != null && cursor.newest().minus(TAIL).isAfter(from)) {
            from = Granule.floor(cursor.newest().minus(TAIL));
        }
        return new AuditLogWalk(
                client, settings.filter(), from, earlier(Granule.ceil(now), settings.to()), settings.pageSize());
    }

    private static Instant earlier(Instant time, Instant bound) {
        return bound != null && bound.isBefore(time) ? bound : time;
    }

    /** One poll: what it confirmed, and what of that is saved. */
    private final class Poll implements Delivery.Receipts {
        private final Instant watermarkBound;
        private int confirmed;
        private int unsaved;
        private AuditLogWalk walk;
        /** The walk has delivered everything before it; null: nothing is known yet. */
        private Instant reached;

        /** @param watermarkBound how far the watermark may go; null: it stays */
        Poll(Instant watermarkBound) {
            this.watermarkBound = watermarkBound;
        }

        boolean run(AuditLogWalk through, Delivery delivery) throws IOException {
            walk = through;
            for (List<AuditLogEntry> page = walk.next(); page != null; page = walk.next()) {
                List<AuditLogEntry> fresh = page.stream()
                        .filter(entry -> !cursor.hasDelivered(entry))
                        .toList();
                if (!fresh.isEmpty() && !delivery.deliver(fresh, this)) {
                    return false;
                }
                reached = walk.position();
            }
            return true;
        }

        @Override
        public boolean isLate(AuditLogEntry entry) {
            return cursor.isLate(entry);
        }

        @Override
        public void confirm(AuditLogEntry entry) {
            Instant position = entry.createdAt() != null ? entry.createdAt() : walk.position();
            cursor.delivered(entry, position);
            reached = position;
            confirmed++;
            if (++unsaved >= settings.commitEvery()) {
                save();
            }
        }

        /** Also after a failure: what was delivered need not be read again, so that even short polls get on. */
        void save() {
            unsaved = 0;
            if (watermarkBound != null && reached != null) {
                cursor.advanceTo(earlier(reached, watermarkBound));
            }
            if (cursor.hasChanged()) {
                store.save(cursor.toState(settings.filter()));
            }
        }
    }
}
