package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.state.CursorState;
import io.github.camelgitpod.state.CursorStore;
import io.github.camelgitpod.state.Origin;
import io.github.camelgitpod.state.OvertakenException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the cursor and, if there are sweeps, the log of delivered ids, and saves both. */
final class CursorKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(CursorKeeper.class);

    /** One that saves less often may be taken for dead by another consumer of the same cursor. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(3);

    private final AuditLogReaderSettings settings;
    private final CursorStore store;
    private final LongSupplier nanoTime;
    private AuditLogCursor cursor;
    private DeliveredLog log;
    private String server;
    private Origin origin;
    private boolean originChanged;
    /** Whether the watermark stays, since whose entries are read is not known. */
    private boolean held;

    /** Whether this consumer has saved it since it was loaded. */
    private boolean claimed;

    private long savedAt;
    private int unsaved;
    private volatile long saves;
    private volatile long saveFailures;

    /**
     * Loads the stored cursor, if there is one for this filter and address.
     *
     * @param nanoTime a monotonic clock, such as {@link System#nanoTime()}
     * @throws IllegalArgumentException when the stored cursor was made with another filter, or at another address
     * @throws IllegalStateException    when the stored cursor cannot be read
     */
    CursorKeeper(AuditLogReaderSettings settings, CursorStore store, LongSupplier nanoTime) {
        this.settings = settings;
        this.store = store;
        this.nanoTime = nanoTime;
        this.origin = new Origin(settings.address(), null);
        load(store.load());
    }

    private void load(Optional<CursorState> loaded) {
        loaded.filter(stored -> SourceChange.keepsCursor(stored, origin, settings))
                .ifPresent(this::goOn);
    }

    /** Goes on from what is stored now, whoever saved it. Where nothing is, what was known before stays. */
    void readAnew() {
        Optional<CursorState> stored = store.load();
        if (stored.isPresent()) {
            cursor = null;
            load(stored);
        }
        claimed = false;
    }

    /** The stored cursor, as a text; null: there is none. */
    String stored() {
        return store.look();
    }

    private void goOn(CursorState stored) {
        cursor = AuditLogCursor.of(stored);
        server = stored.server();
        log = settings.sweeps() ? log(stored) : null;
        // At another address there is another organization.
        if (!stored.origin().differsFrom(origin)) {
            origin = origin.or(stored.origin());
        }
        originChanged = !origin.equals(stored.origin());
        LOG.info("Going on with the stored cursor: everything before {} was delivered", cursor.watermark());
    }

    /**
     * The stored log, or under a wider filter or of another origin a new one. What is newly accepted before the watermark is in
     * no log, but is not wanted: a sweep must not deliver it.
     */
    private DeliveredLog log(CursorState stored) {
        return settings.filter().isNarrowerThan(stored.filter())
                        && !stored.origin().differsFrom(origin)
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
        held = false;
        Origin now = new Origin(settings.address(), organization);
        if (!resets && cursor != null && !SourceChange.keepsCursor(origin, now, settings.onFilterChange())) {
            cursor = null;
        }
        if (cursor != null && log != null && origin.differsFrom(now)) {
            log = DeliveredLog.beginningAt(cursor.watermark());
        }
        Origin known = now.or(origin);
        originChanged |= !known.equals(origin);
        origin = known;
    }

    /** Whose entries are read from now on is not known. */
    void readByUnknown() {
        held = origin.organization() != null;
    }

    /** Whether the watermark stays where it is, since whose entries are read is not known. */
    boolean isHeld() {
        return held;
    }

    /** Whether the entries of this organization belong to the cursor. */
    boolean isOf(String organization) {
        return !origin.differsFrom(new Origin(settings.address(), organization));
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
        cursor = AuditLogCursor.startingAt(position);
        log = settings.sweeps() ? DeliveredLog.beginningAt(cursor.watermark()) : null;
        LOG.info("Beginning at {}", cursor.watermark());
    }

    AuditLogCursor cursor() {
        return cursor;
    }

    /** Null without sweeps. */
    DeliveredLog log() {
        return log;
    }

    void serverIs(String found) {
        server = found;
    }

    /** The entry was delivered. True when it is time to save. */
    boolean confirmed(AuditLogEntry entry, Instant foundAt) {
        cursor.delivered(entry, foundAt);
        return isTimeToSave();
    }

    /** The same for an entry before the watermark: only the log knows of it. */
    boolean confirmedBySweep(AuditLogEntry entry) {
        log.add(entry.key(), entry.createdAt());
        return isTimeToSave();
    }

    private boolean isTimeToSave() {
        return ++unsaved >= settings.commitEvery() || isSignOfLifeDue();
    }

    /** Also when nothing has changed: who is alive is seen by the other consumers of the cursor. */
    private boolean isSignOfLifeDue() {
        return settings.shared() && (!claimed || nanoTime.getAsLong() - savedAt >= SIGN_OF_LIFE.toNanos());
    }

    /** Moves the watermark. Ids of entries that are too old before it to be swept are dropped. */
    void advanceTo(Instant bound) {
        if (held) {
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

    /**
     * Saves what has changed. The log comes first: it must hold the ids that the saved cursor no longer has.
     *
     * @throws OvertakenException when another consumer has saved the cursor meanwhile: nothing is saved then
     */
    void save() {
        unsaved = 0;
        try {
            store.verify();
            saveWhatHasChanged();
        } catch (OvertakenException e) {
            throw e;
        } catch (RuntimeException e) {
            saveFailures++;
            throw e;
        }
    }

    /** How often the cursor was saved. */
    long saves() {
        return saves;
    }

    /** How often something could not be saved. */
    long saveFailures() {
        return saveFailures;
    }

    private void saveWhatHasChanged() {
        if (log != null && log.hasChanged()) {
            store.saveDeliveredLog(log.encode());
            log.saved();
        }
        if (cursor.hasChanged() || originChanged || isSignOfLifeDue()) {
            store.save(cursor.toState(settings.filter(), server, origin));
            cursor.saved();
            originChanged = false;
            claimed = true;
            savedAt = nanoTime.getAsLong();
            saves++;
        }
    }
}
