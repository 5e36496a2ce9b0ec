package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.auditlog.walk.OldestFirst;
import io.github.camelgitpod.auditlog.walk.SpillDirectory;
import io.github.camelgitpod.auditlog.walk.Walks;
import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.TimeRange;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
        OldestFirst pages = new OldestFirst(client, filter, range, directory, kind);
        try (pages) {
            for (List<AuditLogEntry> page = pages.next(); page != null; page = pages.next()) {
                page.forEach(sink);
            }
        } finally {
            kind = pages.kind();
        }
    }
}
