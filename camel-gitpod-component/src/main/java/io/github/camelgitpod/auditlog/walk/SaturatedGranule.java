package io.github.camelgitpod.auditlog.walk;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.AuditLogPage;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.ListingGivenUpException;
import io.github.camelgitpod.client.ListingProgress;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a microsecond that holds more entries than a page. A time cannot lead from one page to the next here, only page
 * tokens can.
 *
 * <p>A server may sort entries of equal time differently for each request. Then an entry can move from a page that is still
 * to come to one that was read, and the walk misses it. So the microsecond is walked again and again, each time with another
 * page size, until several walks in a row bring nothing new. Of these a walk that lists an entry twice does not count: for
 * each entry that it shows twice, it may have missed another one.
 */
final class SaturatedGranule {
    private static final Logger LOG = LoggerFactory.getLogger(SaturatedGranule.class);
    /** So many walks in a row must bring nothing new. */
    private static final int QUIET_WALKS = 4;

    private static final int MAX_BROKEN_WALKS = 20;
    /** A bound, for a server that lists some entries twice in every walk. */
    private static final int MAX_WALKS = 400;
    /** About 150 MB of ids. They are all delivered before the next microsecond begins, and so are in the cursor, too. */
    private static final int MOST_ENTRIES = 1_000_000;

    /** So many page sizes take turns. */
    private static final int PAGE_SIZES = 3;

    private final GitpodClient client;
    private final AuditLogQuery base;
    /** In which walk each entry was listed last. */
    private final Map<String, Integer> known = new HashMap<>();

    private ListingProgress progress = new ListingProgress(AuditLogQuery.METHOD);
    private AuditLogQuery query;
    private int walks;
    private int quiet;
    private int broken;
    private boolean newInThisWalk;
    private int listedInThisWalk;

    SaturatedGranule(GitpodClient client, AuditLogQuery base) {
        this.client = client;
        this.base = base;
        this.query = base;
    }

    /** The entries of a page that were not handed out before; null at the end. */
    List<AuditLogEntry> next() throws IOException {
        while (quiet < QUIET_WALKS && !isHopeless()) {
            AuditLogPage page;
            try {
                page = CheckedPages.list(client, query);
            } catch (ApiException e) {
                if (query.token() == null || !e.isRequestRefused()) {
                    throw e;
                }
                beginWalkAfterBrokenOne(e);
                continue;
            }
            List<AuditLogEntry> fresh = fresh(page);
            newInThisWalk |= !fresh.isEmpty();
            listedInThisWalk += page.entries().size();
            if (!page.hasNext()) {
                quiet = newInThisWalk || listedInThisWalk > known.size() ? 0 : quiet + 1;
                beginWalk();
            } else if (page.nextToken().equals(query.token())) {
                beginWalkAfterBrokenOne(null);
            } else {
                query = query.withToken(page.nextToken());
            }
            if (!fresh.isEmpty()) {
                return fresh;
            }
        }
        return null;
    }

    /** What no walk has listed before. */
    private List<AuditLogEntry> fresh(AuditLogPage page) throws ListingGivenUpException {
        List<AuditLogEntry> fresh = new ArrayList<>();
        boolean news = false;
        for (AuditLogEntry entry : page.entries()) {
            Integer before = known.put(entry.key(), walks);
            news |= before == null || before != walks;
            if (before == null) {
                fresh.add(entry);
            }
        }
        if (known.size() > MOST_ENTRIES) {
            throw new ListingGivenUpException(AuditLogQuery.METHOD + " lists more than " + MOST_ENTRIES
                    + " entries of one time, " + base.from() + ": so many ids cannot be held");
        }
        if (page.hasNext()) {
            progress.answered(page.entries().size(), news);
        }
        return fresh;
    }

    private void beginWalkAfterBrokenOne(ApiException cause) throws IOException {
        if (++broken == MAX_BROKEN_WALKS) {
            throw new IOException(
                    "No progress: " + MAX_BROKEN_WALKS + " walks through the entries of " + base.from() + " by "
                            + AuditLogQuery.METHOD + " broke off at a page token",
                    cause);
        }
        quiet = newInThisWalk ? 0 : quiet;
        beginWalk();
    }

    /** Gives up with a warning: nowhere else can an entry be missed on a server that keeps to the protocol. */
    private boolean isHopeless() {
        if (walks < MAX_WALKS) {
            return false;
        }
        LOG.warn(
                "The server lists the {} entries of {} differently each time, also after {} walks: some may be missing",
                known.size(),
                base.from(),
                walks);
        return true;
    }

    private void beginWalk() {
        walks++;
        newInThisWalk = false;
        listedInThisWalk = 0;
        progress = new ListingProgress(AuditLogQuery.METHOD);
        int size = Math.max(1, base.pageSize() - walks % PAGE_SIZES);
        query = new AuditLogQuery(base.filter(), base.from(), base.to(), base.order(), size, null);
    }
}
