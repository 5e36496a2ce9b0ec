package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.state.CursorState;
import io.github.camelgitpod.state.CursorStore;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the cursor and, if there are sweeps, the log of delivered ids, and saves both. */
final class CursorKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(CursorKeeper.class);

    private final AuditLogReaderSettings settings;
    private final CursorStore store;
    private AuditLogCursor cursor;
    private DeliveredLog log;
    private String server;
    private int unsaved;
    private volatile long saves;
    private volatile long saveFailures;

    /**
     * Loads the stored cursor, if there is one for this filter.
     *
     * @throws IllegalArgumentException when the stored cursor was made with another filter
     * @throws IllegalStateException    when the stored cursor cannot be read
     */
    CursorKeeper(AuditLogReaderSettings settings, CursorStore store) {
        this.settings = settings;
        this.store = store;
        Optional<CursorState> stored = store.load();
        if (stored.isPresent()
                && FilterChange.keepsCursor(stored.get().filter(), settings.filter(), settings.onFilterChange())) {
            cursor = AuditLogCursor.of(stored.get());
            server = stored.get().server();
            log = settings.sweeps() ? log(stored.get()) : null;
            LOG.info("Going on with the stored cursor: everything before {} was delivered", cursor.watermark());
        }
    }

    /**
     * The stored log, or under a wider filter a new one. What that filter newly accepts before the watermark is in no log, but
     * is not wanted: a sweep must not deliver it.
     */
    private DeliveredLog log(CursorState stored) {
        return settings.filter().isNarrowerThan(stored.filter())
                ? DeliveredLog.decode(store.loadDeliveredLog(), stored.watermark())
                : DeliveredLog.beginningAt(stored.watermark());
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
        return ++unsaved >= settings.commitEvery();
    }

    /** The same for an entry before the watermark: only the log knows of it. */
    boolean confirmedBySweep(AuditLogEntry entry) {
        log.add(entry.key(), entry.createdAt());
        return ++unsaved >= settings.commitEvery();
    }

    /** Moves the watermark. Ids of entries that are too old before it to be swept are dropped. */
    void advanceTo(Instant bound) {
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

    /** Saves what has changed. The log comes first: it must hold the ids that the saved cursor no longer has. */
    void save() {
        unsaved = 0;
        try {
            saveWhatHasChanged();
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
        if (cursor.hasChanged()) {
            store.save(cursor.toState(settings.filter(), server));
            cursor.saved();
            saves++;
        }
    }
}
