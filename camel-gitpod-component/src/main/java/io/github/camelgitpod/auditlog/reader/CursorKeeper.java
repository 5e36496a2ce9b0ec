package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.auditlog.walk.Walks;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.state.CursorState;
import io.github.camelgitpod.state.CursorStore;
import io.github.camelgitpod.state.Origin;
import io.github.camelgitpod.state.OvertakenException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the cursor, what it covers and, if there are sweeps, the log of delivered ids: what is loaded, and what becomes of it. */
final class CursorKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(CursorKeeper.class);

    private final AuditLogReaderSettings settings;
    private final CursorStore store;
    private final InstantSource machine;
    private final CursorSaves saves;
    private final CursorOrigin origin;
    private AuditLogCursor cursor;
    private Coverage coverage = new Coverage();
    /** Why the next cursor does not go on from the one before it. */
    private String change = "the consumer began there";

    /** As of the last save; null: nothing was delivered. */
    private volatile CoverageReport report;

    private DeliveredLog log;
    private String server;

    /**
     * Loads the stored cursor, if there is one for this filter and address.
     *
     * @param machine  this machine's clock, for people
     * @param nanoTime a monotonic clock, such as {@link System#nanoTime()}
     * @throws IllegalArgumentException when the stored cursor was made with another filter, or at another address
     * @throws IllegalStateException    when the stored cursor cannot be read
     */
    CursorKeeper(AuditLogReaderSettings settings, CursorStore store, InstantSource machine, LongSupplier nanoTime) {
        this.settings = settings;
        this.store = store;
        this.machine = machine;
        this.saves = new CursorSaves(settings, store, nanoTime);
        this.origin = new CursorOrigin(settings.address());
        store.load().ifPresent(this::use);
    }

    private void use(CursorState stored) {
        boolean keeps = SourceChange.keepsCursor(stored, origin.get(), settings);
        cursor = AuditLogCursor.of(stored);
        coverage = stored.coverage() == null ? new Coverage() : Coverage.of(stored.coverage());
        if (stored.coverage() == null) {
            coverage.begin(
                    cursor.watermark(),
                    machine.instant(),
                    "the cursor is of a version that kept no report",
                    cursor.rememberedIds());
        }
        String changed = SourceChange.text(stored, origin.get(), settings.filter());
        if (changed != null) {
            goOnWith(keeps, changed, stored.origin().differsFrom(origin.get()) ? 0 : cursor.rememberedIds());
        }
        if (keeps) {
            goOn(stored);
            report();
        }
    }

    /** Something else is read from now on. */
    private void goOnWith(boolean keepsCursor, String changed, long carried) {
        coverage.end(cursor);
        change = changed;
        if (keepsCursor) {
            coverage.begin(cursor.watermark(), machine.instant(), changed, carried);
        } else {
            cursor = null;
        }
    }

    /** Goes on from what is stored now, whoever saved it. Where nothing is, what was known before stays. */
    void readAnew() {
        Optional<CursorState> stored = store.load();
        stored.ifPresent(this::use);
        saves.loaded();
    }

    /** The stored cursor, as a text; null: there is none. */
    String stored() {
        return store.look();
    }

    private void goOn(CursorState stored) {
        server = stored.server();
        log = settings.sweeps() ? log(stored) : null;
        origin.loaded(stored.origin());
        LOG.info("Going on with the stored cursor: everything before {} was delivered", cursor.watermark());
    }

    /**
     * The stored log, or under a wider filter or of another origin a new one. What is newly accepted before the watermark is in
     * no log, but is not wanted: a sweep must not deliver it.
     */
    private DeliveredLog log(CursorState stored) {
        return settings.filter().isNarrowerThan(stored.filter())
                        && !stored.origin().differsFrom(origin.get())
                ? DeliveredLog.decode(store.loadDeliveredLog(), stored.watermark())
                : DeliveredLog.beginningAt(stored.watermark());
    }

    /**
     * The entries that are read from now on are this organization's. A cursor of another one is kept, dropped, or refused.
     *
     * @param organization null: the server does not tell
     * @param resets       whether the cursor is to be dropped in any case
     * @throws IllegalArgumentException when it is refused
     */
    void readBy(String organization, boolean resets) {
        origin.release();
        Origin before = origin.get();
        Origin now = origin.with(organization);
        if (!resets && cursor != null && before.differsFrom(now)) {
            boolean keeps = SourceChange.keepsCursor(before, now, settings.onFilterChange());
            goOnWith(keeps, SourceChange.text(before, now), 0);
        }
        if (cursor != null && log != null && before.differsFrom(now)) {
            log = DeliveredLog.beginningAt(cursor.watermark());
        }
        origin.becomes(now);
    }

    /** Whose entries are read from now on is not known. */
    void readByUnknown() {
        origin.hold();
    }

    /** Whether the watermark stays where it is, since whose entries are read is not known. */
    boolean isHeld() {
        return origin.isHeld();
    }

    /** Whether the entries of this organization belong to the cursor. */
    boolean isOf(String organization) {
        return !origin.get().differsFrom(origin.with(organization));
    }

    boolean hasCursor() {
        return cursor != null;
    }

    /** Which kind of server it was found to be, such as MODERN; null: not known. */
    String server() {
        return server;
    }

    /** Begins at a position. Save it before the first request: after a crash "now" would be a later time. */
    void beginAt(Instant position) {
        if (cursor != null) {
            goOnWith(false, "the cursor was reset", 0);
        }
        cursor = AuditLogCursor.startingAt(position);
        coverage.begin(cursor.watermark(), machine.instant(), change, 0);
        log = settings.sweeps() ? DeliveredLog.beginningAt(cursor.watermark()) : null;
        LOG.info("Beginning at {}", cursor.watermark());
    }

    AuditLogCursor cursor() {
        return cursor;
    }

    Coverage coverage() {
        return coverage;
    }

    /** What is covered, as of the last save; null: nothing yet. Any thread. */
    CoverageReport coverageReport() {
        return report;
    }

    /** Null without sweeps. */
    DeliveredLog log() {
        return log;
    }

    void serverIs(String found) {
        server = found;
        if (Walks.Kind.LEGACY.name().equals(found)) {
            coverage.readFromOlderServer();
        }
    }

    /** The entry was delivered. True when it is time to save. */
    boolean confirmed(AuditLogEntry entry, Instant foundAt) {
        coverage.delivered(cursor.isLate(entry));
        cursor.delivered(entry, foundAt);
        return saves.isTimeAfterOneMore();
    }

    /** The same for an entry before the watermark: only the log knows of it. */
    boolean confirmedBySweep(AuditLogEntry entry) {
        coverage.deliveredBySweep();
        log.add(entry.key(), entry.createdAt());
        return saves.isTimeAfterOneMore();
    }

    /**
     * Moves the watermark before a read is complete. Not for each save where there are sweeps: the log of delivered ids is
     * written whole, so it is worth it when it grows by a good part; until then the cursor remembers them.
     */
    void advanceOnTheWay(Instant bound) {
        if (log == null || cursor.rememberedIds() >= log.worthSaving()) {
            advanceTo(bound);
        }
    }

    /** Moves the watermark. Ids of entries that are too old before it to be swept are dropped. */
    void advanceTo(Instant bound) {
        if (origin.isHeld()) {
            return;
        }
        cursor.advanceTo(bound, (id, createdAt) -> {
            if (log != null) {
                log.add(id, createdAt);
            }
        });
        if (log != null) {
            log.advancedTo(cursor.watermark());
            log.dropBefore(cursor.watermark().minus(settings.sweepRange()));
        }
    }

    /** A full read is complete, which nothing follows if it is the last one. */
    void fullyRead(Instant bound, Clocks clocks, boolean last) {
        if (!origin.isHeld()) {
            coverage.fullyRead(bound, clocks, last);
        }
    }

    /**
     * Saves what has changed.
     *
     * @throws OvertakenException when another consumer has saved the cursor meanwhile: nothing is saved then
     */
    void save() {
        boolean changed = cursor.hasChanged() || coverage.hasChanged() || origin.hasChanged();
        if (saves.save(log, changed, () -> cursor.toState(settings.filter(), server, origin.get(), coverage))) {
            cursor.saved();
            coverage.saved();
            origin.saved();
        }
        report();
    }

    /** When and how often. */
    CursorSaves saves() {
        return saves;
    }

    private void report() {
        report = new CoverageReport(coverage.shown(cursor), origin.get(), settings, origin.isHeld());
    }
}
