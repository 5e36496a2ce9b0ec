package io.github.camelgitpod.auditlog.walk;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.client.AuditLogPage;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.TimeRange;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads ranges of the log in the way that the server understands. A server counts as modern until its answers show that it
 * ignores or refuses time bounds or the sort order. A legacy server can be checked for an upgrade.
 */
public final class Walks {
    private static final Logger LOG = LoggerFactory.getLogger(Walks.class);
    /** So many page sizes take turns: equal times that a page boundary splits in one legacy walk stay together in the next. */
    private static final int PAGE_SIZES = 3;

    /** What the server does with time bounds and sort order. */
    public enum Kind {
        MODERN,
        LEGACY
    }

    private final GitpodClient client;
    private final FilterPlan trusted;
    private final FilterPlan untrusted;
    private final int pageSize;
    private final ReadAhead readAhead;
    private final SpillDirectory directory;
    private Kind kind;
    private Instant newest;
    private int legacyWalks;

    /**
     * @param directory where pages of a legacy server may wait
     * @param kind      what it was found to be before
     */
    public Walks(
            GitpodClient client,
            AuditLogFilter filter,
            int pageSize,
            ReadAhead readAhead,
            SpillDirectory directory,
            Kind kind) {
        this.client = client;
        this.trusted = FilterPlan.of(filter);
        this.untrusted = FilterPlan.untrusted(filter);
        this.pageSize = pageSize;
        this.readAhead = readAhead;
        this.directory = directory;
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** When the newest entry that was read was created, whether the filter accepts it or not; null: none was. */
    public Instant newest() {
        return newest;
    }

    /** How the filter is asked for. */
    public FilterPlan filterPlan() {
        return kind == Kind.LEGACY ? untrusted : trusted;
    }

    /**
     * Reads a range, and once more when the server turns out to be a legacy one. The sink then gets entries twice.
     *
     * @return false: the sink wants no more
     */
    public boolean read(TimeRange range, PageSink sink) throws IOException {
        return read(() -> through(range, sink), () -> through(range, sink));
    }

    /** One attempt to read; false: it was ended early. */
    @FunctionalInterface
    public interface Attempt {
        boolean run() throws IOException;
    }

    /** Makes the first attempt, and the second one when the first shows that the server is a legacy one. */
    public boolean read(Attempt first, Attempt asLegacy) throws IOException {
        try {
            return first.run();
        } catch (IOException e) {
            if (!turnsOutLegacy(e)) {
                throw e;
            }
            return asLegacy.run();
        }
    }

    /**
     * Reads a range by what is known of the server.
     *
     * @return false: the sink wants no more
     * @throws LegacyServerException when the server ignores the time bounds or the sort order
     */
    public boolean through(TimeRange range, PageSink sink) throws IOException {
        FilterPlan filter = filterPlan();
        Walk walk = walk(range.from(), range.to());
        try {
            for (List<AuditLogEntry> page = walk.next(); page != null; page = walk.next()) {
                page.forEach(this::read);
                // A server may list an entry twice in one page.
                Set<String> keys = new HashSet<>();
                List<AuditLogEntry> accepted = page.stream()
                        .filter(entry -> filter.accepts(entry) && keys.add(entry.key()))
                        .toList();
                if (!sink.take(accepted, walk.position())) {
                    return false;
                }
            }
            return true;
        } finally {
            walk.close();
        }
    }

    private void read(AuditLogEntry entry) {
        Instant at = entry.createdAt();
        if (at != null && (newest == null || at.isAfter(newest))) {
            newest = at;
        }
    }

    /** A walk through {@code [from, to)}. It may hand out entries that the filter does not accept. */
    Walk walk(Instant from, Instant to) {
        if (kind == Kind.LEGACY) {
            int size = Math.max(1, pageSize - legacyWalks++ % PAGE_SIZES);
            int smallest = Math.max(1, pageSize - PAGE_SIZES + 1);
            return new LegacyWalk(client, untrusted, from, to, size, smallest, directory);
        }
        return readAhead.over(this::modernWalk, trusted.requests().size(), from, to);
    }

    private Walk modernWalk(Instant from, Instant to) {
        List<Walk> series = trusted.requests().stream()
                .<Walk>map(filter -> new AuditLogWalk(client, filter, from, to, pageSize))
                .toList();
        return series.size() == 1 ? series.get(0) : new MergedWalk(series);
    }

    /** Whether this failure of a modern walk shows that the server is a legacy one; if so, later walks are legacy walks. */
    boolean turnsOutLegacy(IOException failure) throws IOException {
        boolean refused = failure instanceof ApiException answer && answer.isBadRequest();
        boolean ignored = failure instanceof LegacyServerException;
        if (kind == Kind.LEGACY || !(ignored || (refused && takesThePlainRequest()))) {
            return false;
        }
        kind = Kind.LEGACY;
        LOG.warn(
                "This server lists newest first only, without time bounds: delivery is best effort. {}",
                failure.getMessage());
        return true;
    }

    /**
     * Asks a legacy server for something that only a modern one answers correctly. If it does, it counts as modern.
     *
     * @param from   an instant before the newest entry
     * @param newest when the newest known entry was created; null: no entry is known, and nothing is asked
     */
    public void lookForUpgrade(Instant from, Instant newest) throws IOException {
        if (kind == Kind.MODERN || newest == null || !from.isBefore(Granule.floor(newest))) {
            return;
        }
        try {
            List<AuditLogEntry> oldest = page(from, Granule.floor(newest), 2).entries();
            boolean sorts = oldest.size() == 2
                    && oldest.get(0).createdAt() != null
                    && oldest.get(1).createdAt() != null
                    && oldest.get(0).createdAt().isBefore(oldest.get(1).createdAt());
            // The newest entry is there and must not be in an answer that ends just before it.
            page(Granule.floor(newest).minusNanos(1000), Granule.floor(newest), pageSize);
            if (sorts) {
                kind = Kind.MODERN;
                LOG.info("The server was upgraded: it knows time bounds and sort order now");
            }
        } catch (LegacyServerException e) {
            LOG.debug("Still a legacy server: {}", e.getMessage());
        } catch (ApiException e) {
            if (!e.isBadRequest()) {
                throw e;
            }
            LOG.debug("Still a legacy server: {}", e.getMessage());
        }
    }

    private AuditLogPage page(Instant from, Instant to, int size) throws IOException {
        AuditLogQuery query =
                new AuditLogQuery(trusted.requests().get(0), from, to, AuditLogQuery.Order.ASCENDING, size, null);
        return CheckedPages.list(client, query);
    }

    /** Whether the server takes a request without time bounds and sort order. If not, something else is wrong. */
    private boolean takesThePlainRequest() throws IOException {
        try {
            client.listAuditLogs(new AuditLogQuery(trusted.requests().get(0), null, null, null, pageSize, null));
            return true;
        } catch (ApiException e) {
            if (e.isBadRequest()) {
                return false;
            }
            throw e;
        }
    }
}
