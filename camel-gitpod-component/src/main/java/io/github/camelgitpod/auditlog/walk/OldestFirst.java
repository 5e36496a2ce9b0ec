package io.github.camelgitpod.auditlog.walk;

import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.ServerLimits;
import io.github.camelgitpod.client.TimeRange;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The entries of a range by creation time. A server that turns out to be a legacy one is read as such from there on, where it had come
 * to. Entries whose time cannot be read come where the server lists them, and may come more than once.
 */
public final class OldestFirst implements EntryPages {
    private final Walks server;
    private final Instant to;
    /** With their times. A walk repeats entries, but none that is older than its position. */
    private final Map<String, Instant> handedOut = new HashMap<>();

    private Walk walk;
    private Instant position;

    /**
     * @param directory where pages of a legacy server may wait
     * @param kind      what the server was found to be before
     */
    public OldestFirst(
            GitpodClient client, AuditLogFilter filter, TimeRange range, SpillDirectory directory, Walks.Kind kind) {
        this.server = new Walks(client, filter, ServerLimits.PAGE_SIZE, ReadAhead.NONE, directory, kind);
        this.position = range.from();
        this.to = range.to();
    }

    /** What the server is found to be. */
    public Walks.Kind kind() {
        return server.kind();
    }

    @Override
    public List<AuditLogEntry> next() throws IOException {
        while (true) {
            try {
                if (walk == null) {
                    walk = server.walk(position, to);
                }
                List<AuditLogEntry> page = walk.next();
                return page == null ? null : fresh(page);
            } catch (IOException e) {
                if (!server.turnsOutLegacy(e)) {
                    throw e;
                }
                close();
            }
        }
    }

    private List<AuditLogEntry> fresh(List<AuditLogEntry> page) {
        FilterPlan filter = server.filterPlan();
        List<AuditLogEntry> fresh = new ArrayList<>();
        for (AuditLogEntry entry : page) {
            Instant at = entry.createdAt() == null ? position : entry.createdAt();
            if (filter.accepts(entry) && handedOut.put(entry.key(), at) == null) {
                fresh.add(entry);
            }
        }
        position = walk.position();
        handedOut.values().removeIf(position::isAfter);
        return fresh;
    }

    @Override
    public void close() {
        if (walk != null) {
            walk.close();
            walk = null;
        }
    }
}
