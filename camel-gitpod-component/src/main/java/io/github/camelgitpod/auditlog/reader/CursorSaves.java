package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.state.CursorState;
import io.github.camelgitpod.state.CursorStore;
import io.github.camelgitpod.state.OvertakenException;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** When a cursor is saved, and in which order with what stands beside it. Used by one thread; the counts are for any. */
final class CursorSaves {
    /** One that saves less often may be taken for dead by another consumer of the same cursor. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(3);

    private final AuditLogReaderSettings settings;
    private final CursorStore store;
    private final LongSupplier nanoTime;
    /** Whether this consumer has saved it since it was loaded. */
    private boolean claimed;

    private long savedAt;
    private int unsaved;
    private volatile long count;
    private volatile long failures;

    /** @param nanoTime a monotonic clock, such as {@link System#nanoTime()} */
    CursorSaves(AuditLogReaderSettings settings, CursorStore store, LongSupplier nanoTime) {
        this.settings = settings;
        this.store = store;
        this.nanoTime = nanoTime;
    }

    /** The stored cursor, whosever it is, was loaded. */
    void loaded() {
        claimed = false;
    }

    /** One more entry was delivered. True when it is time to save. */
    boolean isTimeAfterOneMore() {
        return ++unsaved >= settings.commitEvery() || isSignOfLifeDue();
    }

    /** Also when nothing has changed: who is alive is seen by the other consumers of the cursor. */
    private boolean isSignOfLifeDue() {
        return settings.shared() && (!claimed || nanoTime.getAsLong() - savedAt >= SIGN_OF_LIFE.toNanos());
    }

    /**
     * Saves what has changed. The log comes first: it must hold the ids that the saved cursor no longer has.
     *
     * @param log     null: there are no sweeps
     * @param changed whether the cursor has changed
     * @param cursor  what to save of it
     * @return whether the cursor was saved
     * @throws OvertakenException when another consumer has saved the cursor meanwhile: nothing is saved then
     */
    boolean save(DeliveredLog log, boolean changed, Supplier<CursorState> cursor) {
        unsaved = 0;
        try {
            store.verify();
            saveLog(log);
            return saveCursor(changed, cursor);
        } catch (OvertakenException e) {
            throw e;
        } catch (RuntimeException e) {
            failures++;
            throw e;
        }
    }

    private void saveLog(DeliveredLog log) {
        if (log != null && log.hasChanged()) {
            store.saveDeliveredLog(log.encode());
            log.saved();
        }
    }

    private boolean saveCursor(boolean changed, Supplier<CursorState> cursor) {
        if (!changed && !isSignOfLifeDue()) {
            return false;
        }
        store.save(cursor.get());
        claimed = true;
        savedAt = nanoTime.getAsLong();
        count++;
        return true;
    }

    /** How often the cursor was saved. */
    long count() {
        return count;
    }

    /** How often something could not be saved. */
    long failures() {
        return failures;
    }
}
