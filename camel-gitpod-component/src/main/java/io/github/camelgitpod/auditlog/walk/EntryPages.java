package io.github.camelgitpod.auditlog.walk;

import io.github.camelgitpod.client.TimeRange;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Entries that are read, page by page, when somebody wants the next ones. Each comes once. For one thread at a time. */
public interface EntryPages extends Closeable {
    /** The whole log, in times that every server can read. */
    TimeRange EVERYTHING = new TimeRange(Instant.EPOCH, Instant.parse("9999-12-31T00:00:00Z"));

    /** The next entries, in order; may be empty; null when everything has been handed out. */
    List<AuditLogEntry> next() throws IOException;

    /** Releases what is held. Also before the end. */
    @Override
    void close();
}
