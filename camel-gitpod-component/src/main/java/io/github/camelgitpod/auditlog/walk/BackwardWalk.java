package io.github.camelgitpod.auditlog.walk;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.client.AuditLogPage;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.ListingProgress;
import io.github.camelgitpod.client.PageTokens;
import io.github.camelgitpod.client.TimeRange;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Reads one series newest first, on servers of every age: the bounds of the range are sent, unless the server refuses them, and
 * applied here, in case it ignores them. A token that has expired costs nothing but a request: it goes on from the last time seen. The
 * entries of that time come again; the caller knows what it has.
 */
final class BackwardWalk {
    private static final int MAX_ATTEMPTS = 3;

    private final GitpodClient client;
    private final AuditLogFilter filter;
    private final int pageSize;
    private final Novelty novelty = new Novelty(Comparator.reverseOrder());
    private final ListingProgress progress = new ListingProgress(AuditLogQuery.METHOD);
    private TimeRange range;
    private PageTokens tokens = new PageTokens(AuditLogQuery.METHOD);
    /** Null: the first page. */
    private String token;
    /** The oldest time of the range that was seen; null: none was. */
    private Instant oldest;

    private boolean sendsBounds = true;
    private boolean complete;
    private int refused;

    BackwardWalk(GitpodClient client, AuditLogFilter filter, TimeRange range, int pageSize) {
        this.client = client;
        this.filter = filter;
        this.range = range;
        this.pageSize = pageSize;
    }

    /** The entries of the next page that are in the range; null: there are no more. */
    List<AuditLogEntry> next() throws IOException {
        if (complete) {
            return null;
        }
        AuditLogPage page = page();
        boolean news = novelty.isIn(page.entries());
        refused = news ? 0 : refused;
        complete = !page.hasNext() || isBeforeRange(page.entries());
        if (!complete) {
            progress.answered(page.entries().size(), news);
            follow(page.nextToken());
        }
        List<AuditLogEntry> wanted = page.entries().stream()
                .filter(entry -> entry.createdAt() == null || range.contains(entry.createdAt()))
                .toList();
        wanted.stream()
                .map(AuditLogEntry::createdAt)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .ifPresent(ofPage -> oldest = ofPage);
        return wanted;
    }

    private void follow(String nextToken) throws IOException {
        if (!tokens.add(nextToken) && ++refused < MAX_ATTEMPTS) {
            goOnByTime();
        } else if (refused < MAX_ATTEMPTS) {
            token = nextToken;
        } else {
            throw new IOException("No progress: " + MAX_ATTEMPTS
                    + " times the server gave the same page token twice, in answers of " + AuditLogQuery.METHOD);
        }
    }

    private AuditLogPage page() throws IOException {
        while (true) {
            try {
                return client.listAuditLogs(query());
            } catch (ApiException e) {
                if (token != null && e.isRequestRefused() && ++refused < MAX_ATTEMPTS) {
                    goOnByTime();
                } else if (token == null && sendsBounds && !EntryPages.EVERYTHING.equals(range) && isBadRequest(e)) {
                    // A legacy server. If it is something else that is wrong, the same answer comes again.
                    sendsBounds = false;
                } else {
                    throw e;
                }
            }
        }
    }

    private AuditLogQuery query() {
        boolean since = sendsBounds && range.from().isAfter(EntryPages.EVERYTHING.from());
        boolean until = sendsBounds && range.to().isBefore(EntryPages.EVERYTHING.to());
        return new AuditLogQuery(filter, since ? range.from() : null, until ? range.to() : null, null, pageSize, token);
    }

    private void goOnByTime() {
        token = null;
        tokens = new PageTokens(AuditLogQuery.METHOD);
        if (oldest != null) {
            Instant after = Granule.ceil(oldest.plusNanos(1));
            range = new TimeRange(range.from(), after.isBefore(range.to()) ? after : range.to());
        }
    }

    private static boolean isBadRequest(ApiException answer) {
        return answer.isBadRequest() && answer.isRequestRefused();
    }

    /** Whether all that follows is older: of a page, since a few can be listed out of order. */
    private boolean isBeforeRange(List<AuditLogEntry> page) {
        return !page.isEmpty()
                && page.stream()
                        .allMatch(entry ->
                                entry.createdAt() != null && entry.createdAt().isBefore(range.from()));
    }
}
