package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.auditlog.walk.ReadAhead;
import io.github.camelgitpod.auditlog.walk.Walk;
import io.github.camelgitpod.auditlog.walk.Walks;
import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads what is visible of a time range of the audit log, once, on servers of any age: one that knows no time bounds is
 * read newest first, back to the range's begin. Remembers nothing between two ranges but the kind of server.
 */
public final class AuditLogRangeReader {
    private final AuditLogFilter filter;
    private Walks.Kind kind = Walks.Kind.MODERN;

    /** @param filter which entries */
    public AuditLogRangeReader(AuditLogFilter filter) {
        this.filter = filter;
    }

    /**
     * Hands out the entries of {@code [from, to)} by creation time, each id once; those without a time that can be
     * read where the server has them, maybe more than once.
     *
     * @throws IOException when an answer fails; entries handed out before stay so
     */
    public void read(GitpodClient client, Instant from, Instant to, Consumer<AuditLogEntry> sink) throws IOException {
        Walks server = new Walks(client, filter, AuditLogQuery.MAX_PAGE_SIZE, ReadAhead.NONE, kind);
        // A walk repeats entries, but none that is older than the position it tells.
        Map<String, Instant> handedOut = new HashMap<>();
        boolean ended = false;
        while (!ended) {
            Walk walk = server.walk(from, to);
            try {
                for (List<AuditLogEntry> page = walk.next(); page != null; page = walk.next()) {
                    for (AuditLogEntry entry : page) {
                        Instant at = entry.createdAt() == null ? from : entry.createdAt();
                        if (server.filterPlan().accepts(entry) && handedOut.put(entry.key(), at) == null) {
                            sink.accept(entry);
                        }
                    }
                    handedOut.values().removeIf(walk.position()::isAfter);
                }
                ended = true;
            } catch (IOException e) {
                if (!server.turnsOutLegacy(e)) {
                    throw e;
                }
                kind = server.kind();
            } finally {
                walk.close();
            }
        }
    }
}
