package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.model.AuditLogEntry;
import java.util.List;

/** Delivers the entries that a reader found. */
public interface Delivery {

    /**
     * Delivers entries in their order and confirms each one that needs no further delivery.
     *
     * @param entries by creation time, none of them confirmed before
     * @return false: the poll shall end; the entries that were not confirmed, and all after them, come with a later poll
     */
    boolean deliver(List<AuditLogEntry> entries, Receipts receipts);

    /** Where deliveries are confirmed. */
    interface Receipts {

        /** Whether the entry is older than one that was confirmed before. */
        boolean isLate(AuditLogEntry entry);

        /** The route failed with these entries, and they are not delivered again; to be told before they are confirmed. */
        void passedOver(List<AuditLogEntry> entries);

        /** The entry needs no further delivery; may save the cursor. */
        void confirm(AuditLogEntry entry);

        /** None of the entries needs further delivery; saves the cursor, once. */
        void confirmAll(List<AuditLogEntry> entries);
    }
}
