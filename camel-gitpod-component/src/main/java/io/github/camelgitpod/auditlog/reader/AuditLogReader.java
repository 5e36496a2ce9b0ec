package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.auditlog.reader.ReadSchedule.Range;
import io.github.camelgitpod.auditlog.walk.FilterPlan;
import io.github.camelgitpod.auditlog.walk.LegacyServerException;
import io.github.camelgitpod.auditlog.walk.ReadAhead;
import io.github.camelgitpod.auditlog.walk.Walk;
import io.github.camelgitpod.auditlog.walk.Walks;
import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.state.CursorStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Delivers every entry of the audit log once (delivery.md 2 and 3). What becomes visible within the lookback of its creation
 * is not lost: the watermark follows completed deliveries only, and never comes nearer to the server's now than the lookback.
 * Polled by one thread at a time; {@link #status()} and {@link #resetTo} are for any.
 */
public final class AuditLogReader {
    private final GitpodClient client;
    private final AuditLogReaderSettings settings;
    private final CursorKeeper keeper;
    private final Walks server;
    private final LatenessMeter lateness = new LatenessMeter();
    private final Sweep sweep;
    private final Progress progress;
    private final ReadSchedule schedule;
    private long delivered;
    private volatile boolean finished;
    private volatile StartPosition reset;
    private volatile AuditLogStatus status;

    /**
     * @param store    holds the cursor; one that is there wins over the settings' start
     * @param requests carries out what is read ahead: as many at once as the settings allow
     * @throws IllegalArgumentException when the stored cursor was made with another filter
     * @throws IllegalStateException    when the stored cursor cannot be read
     */
    public AuditLogReader(GitpodClient client, AuditLogReaderSettings settings, CursorStore store, Executor requests) {
        this(
                client,
                settings,
                store,
                ReadAhead.of(
                        client, settings.concurrentRequests(), settings.pageSize(), settings.maxEntries(), requests));
    }

    AuditLogReader(GitpodClient client, AuditLogReaderSettings settings, CursorStore store, ReadAhead readAhead) {
        this.client = client;
        this.settings = settings;
        this.keeper = new CursorKeeper(settings, store);
        boolean legacy = Walks.Kind.LEGACY.name().equals(keeper.server());
        this.server = new Walks(
                client,
                settings.filter(),
                settings.pageSize(),
                readAhead,
                legacy ? Walks.Kind.LEGACY : Walks.Kind.MODERN);
        this.sweep = new Sweep(settings, keeper, lateness);
        this.progress = new Progress(System::nanoTime, client::requestsSent);
        this.schedule = new ReadSchedule(settings);
        publishStatus();
    }

    /** Whether the settings' end is reached, so that no poll will deliver anything again. */
    public boolean isFinished() {
        return finished;
    }

    /** How far the delivery is. */
    public AuditLogStatus status() {
        return status;
    }

    /** How far the read is that is under way. */
    public ReadProgress progress() {
        return progress.current();
    }

    /** What {@link #resetTo} was told and no poll has done yet; null: nothing. */
    public StartPosition pendingReset() {
        return reset;
    }

    /** Lets the next poll forget the cursor and begin there. */
    public void resetTo(StartPosition position) {
        finished = false;
        reset = position;
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
        placeCursor(now);
        // What could not be saved before comes first: who cannot save delivers no more, so that what is delivered
        // and not saved stays within commitEvery, however long that lasts.
        keeper.save();
        // Whatever is created before this moment and visible within the lookback is visible before the first request.
        Instant settled = now.minus(settings.lookback());
        boolean full = schedule.isFullReadDue(now, settled);
        Poll poll = new Poll(now, full ? settled : null);
        try {
            if (full) {
                server.lookForUpgrade(
                        keeper.cursor().watermark(), keeper.cursor().newest());
            }
            if (poll.run(ranges(full, now, settled), delivery) && full) {
                keeper.advanceTo(earlier(settled, settings.to()), now);
                schedule.fullyRead(now);
                finished = settings.to() != null && !settings.to().isAfter(settled);
                int swept = sweep.isDue(now) ? sweep.run(server, now, delivery) : 0;
                poll.confirmed += swept;
                delivered += swept;
            }
        } finally {
            poll.save();
        }
        return poll.confirmed;
    }

    private Instant serverTime() throws IOException {
        if (client.serverTime().isEmpty()) {
            client.listAuditLogs(
                    new AuditLogQuery(server.filterPlan().requests().get(0), null, null, null, 1, null));
        }
        return client.serverTime()
                .orElseThrow(() -> new IOException("The server's answers carry no Date, by which the cursor moves"));
    }

    private void placeCursor(Instant now) {
        StartPosition wanted = reset;
        if (wanted != null) {
            reset = null;
            schedule.reset();
            keeper.beginAt(wanted.resolve(now));
        } else if (!keeper.hasCursor()) {
            keeper.beginAt(settings.start().resolve(now));
        }
    }

    private List<Range> ranges(boolean full, Instant now, Instant settled) {
        AuditLogCursor cursor = keeper.cursor();
        if (!full) {
            return List.of(schedule.tail(cursor, now));
        }
        // A legacy server is read from the newest entry back: it would pass through the middle all the same.
        return server.kind() == Walks.Kind.LEGACY
                ? List.of(schedule.everything(cursor, now))
                : schedule.withoutTheMiddle(cursor, now, settled);
    }

    private static Instant earlier(Instant time, Instant bound) {
        return bound != null && bound.isBefore(time) ? bound : time;
    }

    private void publishStatus() {
        AuditLogCursor cursor = keeper.cursor();
        status = new AuditLogStatus(
                cursor == null ? null : cursor.watermark(),
                cursor == null ? null : cursor.newest(),
                cursor == null ? 0 : cursor.rememberedIds(),
                delivered,
                lateness.count(),
                lateness.longest(),
                lateness.beyondLookback(),
                lateness.histogram(),
                server.kind().name());
    }

    /** One poll: what it confirmed, and what of that is saved. */
    private final class Poll implements Delivery.Receipts {
        private final Instant now;
        private final Instant watermarkBound;
        private int confirmed;
        /** Then this poll is over, and its end must not hide why. */
        private boolean saveFailed;

        /** The walk has delivered everything before it; null: nothing is known yet. */
        private Instant reached;

        /** @param watermarkBound how far the watermark may go; null: it stays */
        Poll(Instant now, Instant watermarkBound) {
            this.now = now;
            this.watermarkBound = watermarkBound;
        }

        /** Whether everything was delivered. */
        boolean run(List<Range> ranges, Delivery delivery) throws IOException {
            try {
                for (Range range : ranges) {
                    if (!through(server.walk(range.from(), range.to()), range.to(), delivery)) {
                        return false;
                    }
                }
                return true;
            } catch (ApiException | LegacyServerException e) {
                if (!server.turnsOutLegacy(e)) {
                    throw e;
                }
                // What the walk has reached was reached on a false assumption; what it saved is known to be delivered.
                reached = null;
                Instant from = ranges.get(0).from();
                Instant to = ranges.get(ranges.size() - 1).to();
                Instant watermark = keeper.cursor().watermark();
                return through(server.walk(from.isBefore(watermark) ? watermark : from, to), to, delivery);
            } finally {
                keeper.serverIs(server.kind().name());
            }
        }

        private boolean through(Walk walk, Instant end, Delivery delivery) throws IOException {
            FilterPlan filter = server.filterPlan();
            boolean complete = false;
            progress.begin(end);
            try {
                for (List<AuditLogEntry> page = walk.next(); page != null; page = walk.next()) {
                    List<AuditLogEntry> fresh = unknown(page, filter);
                    if (!fresh.isEmpty() && !delivery.deliver(fresh, this)) {
                        return false;
                    }
                    reached = walk.position();
                    progress.delivered(fresh, reached);
                }
                complete = true;
            } finally {
                walk.close();
                progress.end(complete);
            }
            return true;
        }

        private List<AuditLogEntry> unknown(List<AuditLogEntry> page, FilterPlan filter) {
            List<AuditLogEntry> unknown = new ArrayList<>(page.size());
            for (AuditLogEntry entry : page) {
                if (filter.accepts(entry) && !keeper.cursor().hasDelivered(entry)) {
                    unknown.add(entry);
                }
            }
            return unknown;
        }

        @Override
        public boolean isLate(AuditLogEntry entry) {
            return keeper.cursor().isLate(entry);
        }

        @Override
        public void confirm(AuditLogEntry entry) {
            if (note(entry)) {
                save();
            }
        }

        @Override
        public void confirmAll(List<AuditLogEntry> entries) {
            entries.forEach(this::note);
            save();
        }

        /** True when it is time to save. */
        private boolean note(AuditLogEntry entry) {
            if (isLate(entry)) {
                lateness.late(Duration.between(entry.createdAt(), now));
            }
            confirmed++;
            delivered++;
            if (entry.createdAt() != null) {
                reached = entry.createdAt();
            }
            return keeper.confirmed(entry, now);
        }

        /** Also after a failure: what was delivered need not be read again, so that even short polls get on. */
        void save() {
            if (saveFailed) {
                return;
            }
            saveFailed = true;
            if (watermarkBound != null && reached != null) {
                keeper.advanceTo(earlier(reached, watermarkBound), now);
            }
            keeper.save();
            saveFailed = false;
            publishStatus();
        }
    }
}
