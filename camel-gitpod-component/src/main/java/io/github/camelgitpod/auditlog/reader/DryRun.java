package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.auditlog.walk.FilterPlan;
import io.github.camelgitpod.auditlog.walk.Granule;
import io.github.camelgitpod.auditlog.walk.LegacyServerException;
import io.github.camelgitpod.auditlog.walk.ReadAhead;
import io.github.camelgitpod.auditlog.walk.Walk;
import io.github.camelgitpod.auditlog.walk.Walks;
import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.Identity;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.state.CursorState;
import io.github.camelgitpod.state.CursorStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds out what a consumer would do, and does none of it: nothing is delivered, nothing stored. */
public final class DryRun {
    /** Counting ends there: to know that much waits is enough. */
    private static final int MAX_COUNTED = 10_000;

    private final GitpodClient client;
    private final AuditLogReaderSettings settings;
    private final Optional<CursorState> stored;
    private final InstantSource localClock;
    private final Consumer<String> findings;

    /**
     * @param store      is only read
     * @param localClock to be compared with the server's
     * @param findings   is told each finding as soon as it is found, for people
     */
    public DryRun(
            GitpodClient client,
            AuditLogReaderSettings settings,
            CursorStore store,
            InstantSource localClock,
            Consumer<String> findings) {
        this.client = client;
        this.settings = settings;
        this.stored = store.load();
        this.localClock = localClock;
        this.findings = findings;
    }

    /** Throws what the consumer would fail with. */
    public void run() throws IOException {
        Identity identity = client.authenticatedIdentity();
        say(
                "the token is one of %s %s, organization %s",
                identity.principal(), identity.subjectId(), identity.organizationId());
        client.listAuditLogs(new AuditLogQuery(AuditLogFilter.ALL, null, null, null, 1, null));
        say("access to the audit log: granted");
        Instant serverTime = client.serverTime()
                .orElseThrow(() -> new IOException("The server's answers carry no Date, by which the cursor moves"));
        Duration ahead = Duration.between(serverTime, localClock.instant());
        say(
                "the server's clock says %s, this machine's is %s %s",
                serverTime, ahead.abs(), ahead.isNegative() ? "behind" : "ahead");
        AuditLogCursor cursor = cursor(serverTime);
        Walks server = new Walks(client, settings.filter(), settings.pageSize(), ReadAhead.NONE, Walks.Kind.MODERN);
        int waiting = count(server, cursor, serverTime);
        say("the server is a %s one", server.kind());
        FilterPlan plan = server.filterPlan();
        say(
                "filter: %s, asked for in %s series of requests of %s entries each%s",
                settings.filter(),
                plan.requests().size(),
                settings.pageSize(),
                plan.rest().equals(AuditLogFilter.ALL) ? "" : "; applied here and not by the server: " + plan.rest());
        say("%s entries wait to be delivered", waiting < MAX_COUNTED ? waiting : "at least " + waiting);
    }

    private AuditLogCursor cursor(Instant serverTime) {
        boolean keeps = stored.isPresent()
                && FilterChange.keepsCursor(stored.get().filter(), settings.filter(), settings.onFilterChange());
        AuditLogCursor cursor = keeps
                ? AuditLogCursor.of(stored.get())
                : AuditLogCursor.startingAt(settings.start().resolve(serverTime));
        say(
                "%s: everything before %s counts as delivered",
                keeps ? "stored cursor" : "no stored cursor", cursor.watermark());
        return cursor;
    }

    private int count(Walks server, AuditLogCursor cursor, Instant serverTime) throws IOException {
        Instant now = Granule.ceil(serverTime);
        Instant end = settings.to() != null && settings.to().isBefore(now) ? settings.to() : now;
        try {
            return count(server, server.walk(cursor.watermark(), end), cursor);
        } catch (LegacyServerException | ApiException e) {
            if (!server.turnsOutLegacy(e)) {
                throw e;
            }
            return count(server, server.walk(cursor.watermark(), end), cursor);
        }
    }

    private static int count(Walks server, Walk walk, AuditLogCursor cursor) throws IOException {
        int waiting = 0;
        try {
            for (List<AuditLogEntry> page = walk.next(); page != null && waiting < MAX_COUNTED; page = walk.next()) {
                for (AuditLogEntry entry : page) {
                    if (server.filterPlan().accepts(entry) && !cursor.hasDelivered(entry)) {
                        // A walk repeats entries; here nobody confirms them.
                        cursor.delivered(entry, walk.position());
                        waiting++;
                    }
                }
            }
            return waiting;
        } finally {
            walk.close();
        }
    }

    private void say(String format, Object... values) {
        findings.accept(format.formatted(values));
    }
}
