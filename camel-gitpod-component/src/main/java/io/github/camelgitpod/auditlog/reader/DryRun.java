package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.auditlog.walk.FilterPlan;
import io.github.camelgitpod.auditlog.walk.Granule;
import io.github.camelgitpod.auditlog.walk.ReadAhead;
import io.github.camelgitpod.auditlog.walk.SpillDirectory;
import io.github.camelgitpod.auditlog.walk.Walks;
import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.client.Durations;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.Identity;
import io.github.camelgitpod.client.TimeRange;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.state.CursorState;
import io.github.camelgitpod.state.CursorStore;
import io.github.camelgitpod.state.Origin;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Finds out what a consumer would do, without doing it: nothing is delivered, nothing stored. */
public final class DryRun {
    /** Counting stops here: it is enough to know that much waits. */
    private static final int MAX_COUNTED = 10_000;

    private final GitpodClient client;
    private final AuditLogReaderSettings settings;
    private final Optional<CursorState> stored;
    private final InstantSource localClock;
    private final Consumer<String> findings;

    /**
     * @param store      only read
     * @param localClock compared with the server's clock
     * @param findings   gets each finding at once, as a text for people
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

    /** Looks; throws what the consumer would fail with. */
    public void run() throws IOException {
        Identity identity = client.authenticatedIdentity();
        say(
                "the token belongs to %s %s of organization %s, plan %s",
                plain(identity.principal(), "PRINCIPAL_"),
                identity.subjectId(),
                identity.organizationId(),
                plain(identity.organizationTier(), "ORGANIZATION_TIER_"));
        ServerTime.probe(client, AuditLogFilter.ALL);
        say("access to the audit log: granted");
        Clocks clocks =
                new Clocks(ServerTime.of(client, AuditLogFilter.ALL), localClock.instant(), settings.lookback());
        say("%s", clocks.text());
        if (!clocks.agree()) {
            say(
                    "they disagree by more than lookback=%s: the cursor goes by the earlier one, and nothing is lost as"
                            + " long as one of them is right",
                    Durations.text(settings.lookback()));
        }
        AuditLogCursor cursor = cursor(clocks, new Origin(settings.address(), identity.organizationId()));
        Walks server = new Walks(
                client,
                settings.filter(),
                settings.pageSize(),
                ReadAhead.NONE,
                SpillDirectory.in(settings.spillDirectory()),
                Walks.Kind.MODERN);
        int waiting = count(server, cursor, clocks);
        say(
                server.kind() == Walks.Kind.LEGACY
                        ? "the server is an older one, which does not filter by time or sort: it is read newest first, best"
                                + " effort"
                        : "the server filters by time and sorts: it is read oldest first");
        FilterPlan plan = server.filterPlan();
        int series = plan.requests().size();
        say(
                "filter: %s; read in pages of %s entries%s%s",
                FilterText.of(settings.filter()),
                settings.pageSize(),
                series == 1 ? "" : ", with " + series + " requests for each, since one takes few values",
                plan.rest().equals(AuditLogFilter.ALL)
                        ? ""
                        : "; applied here and not by the server: " + FilterText.of(plan.rest()));
        say("%s entries wait to be delivered", waiting < MAX_COUNTED ? waiting : "at least " + waiting);
    }

    private AuditLogCursor cursor(Clocks clocks, Origin now) throws IOException {
        boolean keeps = stored.isPresent() && SourceChange.keepsCursor(stored.get(), now, settings);
        AuditLogCursor cursor = keeps
                ? AuditLogCursor.of(stored.get())
                : AuditLogCursor.startingAt(ServerTime.resolve(settings.start(), client, clocks));
        say(
                "%s: %s",
                keeps ? "stored cursor" : "no stored cursor",
                cursor.watermark().equals(Instant.EPOCH)
                        ? "it begins with the first entry there is"
                        : "everything before " + cursor.watermark() + " counts as delivered");
        if (keeps && clocks.areBehind(cursor.watermark(), settings.start())) {
            throw new CursorAheadException(cursor.watermark());
        }
        return cursor;
    }

    private int count(Walks server, AuditLogCursor cursor, Clocks clocks) throws IOException {
        Instant now = Granule.ceil(clocks.latest());
        Instant end = settings.to() == null ? now : Clocks.earlier(now, settings.to());
        AtomicInteger waiting = new AtomicInteger();
        server.read(new TimeRange(cursor.watermark(), end), (entries, position) -> {
            for (AuditLogEntry entry : entries) {
                if (!cursor.hasDelivered(entry)) {
                    // Entries come more than once, and here nobody confirms them.
                    cursor.delivered(entry, position);
                    waiting.incrementAndGet();
                }
            }
            return waiting.get() < MAX_COUNTED;
        });
        return waiting.get();
    }

    private static String plain(String value, String prefix) {
        return value == null
                ? "not known"
                : (value.startsWith(prefix) ? value.substring(prefix.length()) : value)
                        .toLowerCase(Locale.ROOT)
                        .replace('_', ' ');
    }

    private void say(String format, Object... values) {
        findings.accept(format.formatted(values));
    }
}
