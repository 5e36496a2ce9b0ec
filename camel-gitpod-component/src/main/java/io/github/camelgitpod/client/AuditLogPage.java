package io.github.camelgitpod.client;

import io.github.camelgitpod.model.AuditLogEntry;
import java.util.List;

/**
 * One page of audit-log entries, in the server's order.
 *
 * @param entries   may be empty while there is a next page
 * @param nextToken asks for the next page; null: this was the last one
 */
public record AuditLogPage(List<AuditLogEntry> entries, String nextToken) {

    /** Whether the listing goes on. */
    public boolean hasNext() {
        return nextToken != null;
    }
}
