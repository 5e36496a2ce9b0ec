package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.auditlog.walk.ReadAhead;
import io.github.camelgitpod.auditlog.walk.SpillDirectory;
import io.github.camelgitpod.auditlog.walk.Walks;
import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.ServerLimits;
import io.github.camelgitpod.client.TimeRange;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads once what is visible of a range of the audit log, on modern and on legacy servers. Between two ranges it remembers
 * only which of these the server is.
 */
public final class AuditLogRangeReader {
    private final AuditLogFilter filter;
    private final SpillDirectory directory;
    private Walks.Kind kind = Walks.Kind.MODERN;

    /**
     * @param filter         which entries
     * @param spillDirectory where pages of an older server may wait; null: where temporary files are
     */
    public AuditLogRangeReader(AuditLogFilter filter, Path spillDirectory) {
        this.filter = filter;
        this.directory = SpillDirectory.in(spillDirectory);
    }

    /**
     * Hands out the entries of the range by creation time, each id once. Entries whose time cannot be read come where the
     * server lists them, and may come more than once.
     *
     * @throws IOException when a request fails; the entries handed out before it stay handed out
     */
    public void read(GitpodClient client, TimeRange range, Consumer<AuditLogEntry> sink) throws IOException {
        Walks server = new Walks(client, filter, ServerLimits.PAGE_SIZE, ReadAhead.NONE, directory, kind);
        // A walk repeats entries, but none that is older than its position.
        Map<String, Instant> handedOut = new HashMap<>();
        try {
            server.read(range, (entries, position) -> {
                for (AuditLogEntry entry : entries) {
                    Instant at = entry.createdAt() == null ? range.from() : entry.createdAt();
                    if (handedOut.put(entry.key(), at) == null) {
                        sink.accept(entry);
                    }
                }
                handedOut.values().removeIf(position::isAfter);
                return true;
            });
        } finally {
            kind = server.kind();
        }
    }
}
