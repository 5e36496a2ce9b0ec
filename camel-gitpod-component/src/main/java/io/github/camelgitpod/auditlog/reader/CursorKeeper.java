package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.state.CursorState;
import io.github.camelgitpod.state.CursorStore;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the cursor, and beside it the log of delivered ids if there are sweeps: in memory, and saved in time. */
final class CursorKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLogReader.class);

    private final AuditLogReaderSettings settings;
    private final CursorStore store;
    private AuditLogCursor cursor;
    private DeliveredLog log;
    private String server;
    private int unsaved;

    /**
     * Takes the stored cursor, if there is one for this filter.
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

    /** Of a wider filter than the stored one nothing is known before the watermark: a sweep must not deliver that. */
    private DeliveredLog log(CursorState stored) {
        return settings.filter().isNarrowerThan(stored.filter())
                ? DeliveredLog.decode(store.loadDeliveredLog(), stored.watermark())
                : DeliveredLog.beginningAt(stored.watermark());
    }

    boolean hasCursor() {
        return cursor != null;
    }

    /** What the server was found to be; null: not known. */
    String server() {
        return server;
    }

    /** To be saved before anything else is done: a restart before the first entry must not begin at a later now. */
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

    /** The entry was delivered; true when it is time to save. */
    boolean confirmed(AuditLogEntry entry, Instant foundAt) {
        cursor.delivered(entry, foundAt);
        return ++unsaved >= settings.commitEvery();
    }

    /** @param now what is older than a sweep goes back need not be logged */
    void advanceTo(Instant bound, Instant now) {
        if (log != null) {
            log.dropBefore(now.minus(settings.sweepRange()));
        }
        cursor.advanceTo(bound, (id, createdAt) -> {
            if (log != null) {
                log.add(id, createdAt);
            }
        });
        if (log != null) {
            log.advancedTo(cursor.watermark());
        }
    }

    /** The log first: it must know what the cursor has forgotten. */
    void save() {
        unsaved = 0;
        if (log != null && log.hasChanged()) {
            store.saveDeliveredLog(log.encode());
            log.saved();
        }
        if (cursor.hasChanged()) {
            store.save(cursor.toState(settings.filter(), server));
            cursor.saved();
        }
    }
}
