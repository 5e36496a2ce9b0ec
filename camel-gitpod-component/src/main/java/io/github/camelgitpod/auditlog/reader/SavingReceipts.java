package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.model.AuditLogEntry;
import java.util.List;

/** Takes note of each entry that is confirmed, and saves now and then: after several at once, or when it is time. */
abstract class SavingReceipts implements Delivery.Receipts {

    /** True when it is time to save. */
    abstract boolean note(AuditLogEntry entry);

    abstract void save();

    @Override
    public final void confirm(AuditLogEntry entry) {
        if (note(entry)) {
            save();
        }
    }

    @Override
    public final void confirmAll(List<AuditLogEntry> entries) {
        entries.forEach(this::note);
        save();
    }
}
