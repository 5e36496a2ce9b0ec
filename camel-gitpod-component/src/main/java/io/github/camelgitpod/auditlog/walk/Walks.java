package io.github.camelgitpod.auditlog.walk;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.client.AuditLogPage;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes walks in the way that the server understands, which is found out by how it behaves (delivery.md 4): a server is
 * taken for modern until it shows otherwise, and a legacy one is asked now and then whether it was upgraded.
 */
public final class Walks {
    private static final Logger LOG = LoggerFactory.getLogger(Walks.class);
    /** A tie that falls on a page boundary in one legacy walk does not in the next. */
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
    private Kind kind;
    private int legacyWalks;

    /** @param kind what it was found to be before */
    public Walks(GitpodClient client, AuditLogFilter filter, int pageSize, ReadAhead readAhead, Kind kind) {
        this.client = client;
        this.trusted = FilterPlan.of(filter);
        this.untrusted = FilterPlan.untrusted(filter);
        this.pageSize = pageSize;
        this.readAhead = readAhead;
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** The requests that a walk makes. */
    public FilterPlan filterPlan() {
        return kind == Kind.LEGACY ? untrusted : trusted;
    }

    /** A walk through {@code [from, to)}; what the filter does not want is left to {@link #filterPlan()}. */
    public Walk walk(Instant from, Instant to) {
        if (kind == Kind.LEGACY) {
            int size = Math.max(1, pageSize - legacyWalks++ % PAGE_SIZES);
            return new LegacyWalk(client, untrusted, from, to, size);
        }
        return readAhead.over(this::modernWalk, trusted.requests().size(), from, to);
    }

    private Walk modernWalk(Instant from, Instant to) {
        List<Walk> series = trusted.requests().stream()
                .<Walk>map(filter -> new AuditLogWalk(client, filter, from, to, pageSize))
                .toList();
        return series.size() == 1 ? series.get(0) : new MergedWalk(series);
    }

    /** Whether this failure of a modern walk shows that the server is a legacy one; then the next walk is for that. */
    public boolean turnsOutLegacy(IOException failure) throws IOException {
        boolean refused = failure instanceof ApiException answer && answer.status() == 400;
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
     * Asks a legacy server for something that only a modern one does right, and goes by the answer.
     *
     * @param from   an instant before the newest entry
     * @param newest when the newest entry that is known was created; null: there is nothing to tell by
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
            if (e.status() != 400) {
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

    /** The request without what a legacy server does not know: if that is refused as well, something else is wrong. */
    private boolean takesThePlainRequest() throws IOException {
        try {
            client.listAuditLogs(new AuditLogQuery(trusted.requests().get(0), null, null, null, pageSize, null));
            return true;
        } catch (ApiException e) {
            if (e.status() == 400) {
                return false;
            }
            throw e;
        }
    }
}
