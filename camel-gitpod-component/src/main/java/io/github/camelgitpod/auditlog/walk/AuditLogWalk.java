package io.github.camelgitpod.auditlog.walk;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.client.AuditLogPage;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.ListingProgress;
import io.github.camelgitpod.client.PageTokens;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A walk through {@code [from, to)} on a modern server. It goes on by asking again from the last time seen, inclusive, and
 * not by page tokens. So nothing is lost when a token expires, or when a page ends between entries of the same time. The
 * entries of that time come again; the caller knows what it has.
 */
final class AuditLogWalk implements Walk {
    private static final int MAX_ATTEMPTS = 3;

    private final GitpodClient client;
    private final AuditLogFilter filter;
    private final Instant to;
    private final int pageSize;
    private final ListingProgress progress;
    private final Novelty novelty = new Novelty(Comparator.naturalOrder());
    private Instant current;
    private SaturatedGranule saturated;
    private Instant searched;
    private AuditLogWalk before;
    private AuditLogPage held;
    /** Leads on when no entry of a page has a time to go on from; null: the time leads on. */
    private String undatedToken;

    private boolean complete;

    AuditLogWalk(GitpodClient client, AuditLogFilter filter, Instant from, Instant to, int pageSize) {
        this(client, filter, from, to, pageSize, new ListingProgress(AuditLogQuery.METHOD));
    }

    private AuditLogWalk(
            GitpodClient client,
            AuditLogFilter filter,
            Instant from,
            Instant to,
            int pageSize,
            ListingProgress progress) {
        this.client = client;
        this.filter = filter;
        this.current = from;
        this.searched = from;
        this.to = to;
        this.pageSize = pageSize;
        this.progress = progress;
        this.complete = !from.isBefore(to);
    }

    @Override
    public Instant position() {
        return before != null ? before.position() : current;
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public List<AuditLogEntry> next() throws IOException {
        while (!complete) {
            if (before != null) {
                List<AuditLogEntry> earlier = before.next();
                if (earlier != null) {
                    return earlier;
                }
                before = null;
            } else if (saturated != null) {
                List<AuditLogEntry> more = saturated.next();
                if (more != null) {
                    return sorted(more);
                }
                saturated = null;
                current = Granule.next(current);
                complete = !current.isBefore(to);
            } else {
                AuditLogPage page = held != null ? held : firstPageWithEntries();
                held = null;
                if (mayStandBehindOthers(page)) {
                    // Not handed out, so it counts as nothing new: else such pages could lead back for ever.
                    progress.answered(page.entries().size(), false);
                    held = page;
                } else {
                    return handOut(page);
                }
            }
        }
        return null;
    }

    private List<AuditLogEntry> handOut(AuditLogPage page) throws IOException {
        List<AuditLogEntry> entries = sorted(page.entries());
        if (!page.hasNext()) {
            // Only a missing token is the end. A short or an empty page is not.
            complete = true;
            return entries;
        }
        progress.answered(entries.size(), novelty.isIn(entries));
        Instant last = entries.get(entries.size() - 1).createdAt();
        if (last != null) {
            stepTo(last);
        } else {
            undatedToken = page.nextToken();
        }
        return entries;
    }

    /**
     * Whether there may be entries before those of the page; if so, they are walked first. A page of different times shows
     * that the server sorts, so nothing lies before it. If all times are equal, the page proves nothing: it could come from
     * a server that ignores the sort order. Earlier pages prove nothing either: the server can have been replaced since.
     */
    private boolean mayStandBehindOthers(AuditLogPage page) {
        Instant only = onlyTime(page.entries());
        if (!page.hasNext() || only == null) {
            return false;
        }
        Instant time = Granule.floor(only);
        if (!time.isAfter(current) || !time.isAfter(searched)) {
            return false;
        }
        before = new AuditLogWalk(client, filter, current, time, pageSize, progress);
        searched = time;
        return true;
    }

    private void stepTo(Instant last) {
        Instant next = Granule.floor(last);
        if (next.isAfter(current)) {
            current = next;
        } else {
            Instant end = Granule.next(current);
            saturated = new SaturatedGranule(client, query(current, end.isBefore(to) ? end : to));
        }
    }

    private AuditLogPage firstPageWithEntries() throws IOException {
        ApiException lastFailure = null;
        AuditLogQuery query = query(current, to).withToken(undatedToken);
        undatedToken = null;
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            try {
                PageTokens tokens = new PageTokens(AuditLogQuery.METHOD);
                AuditLogPage page = CheckedPages.list(client, query);
                while (page.entries().isEmpty() && page.hasNext() && tokens.add(page.nextToken())) {
                    progress.answered(0, false);
                    query = query.withToken(page.nextToken());
                    page = CheckedPages.list(client, query);
                }
                if (!page.entries().isEmpty() || !page.hasNext()) {
                    return page;
                }
            } catch (ApiException e) {
                if (query.token() == null || !e.isRequestRefused()) {
                    throw e;
                }
                lastFailure = e;
            }
            query = query(current, to);
        }
        throw new IOException(
                "No progress: " + MAX_ATTEMPTS + " times " + AuditLogQuery.METHOD
                        + " gave empty pages with a token that leads nowhere, from " + current + " on",
                lastFailure);
    }

    private AuditLogQuery query(Instant from, Instant end) {
        return new AuditLogQuery(filter, from, end, AuditLogQuery.Order.ASCENDING, pageSize, null);
    }

    /** The one time of all entries that have a time; null: the times differ, or there is none. */
    private static Instant onlyTime(List<AuditLogEntry> entries) {
        Instant only = null;
        for (AuditLogEntry entry : entries) {
            Instant time = entry.createdAt();
            if (only != null && time != null && !only.equals(time)) {
                return null;
            }
            only = time != null ? time : only;
        }
        return only;
    }

    /** The list itself when it is in order, as a server's page almost always is. */
    private static List<AuditLogEntry> sorted(List<AuditLogEntry> entries) {
        for (int i = 1; i < entries.size(); i++) {
            if (ORDER.compare(entries.get(i - 1), entries.get(i)) > 0) {
                return entries.stream().sorted(ORDER).toList();
            }
        }
        return entries;
    }
}
