package io.github.camelgitpod.auditlog.walk;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.AuditLogPage;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.ListingProgress;
import io.github.camelgitpod.client.PageTokens;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * A walk on a legacy server, which lists newest first and takes no time bounds. It reads from the newest entry back, by page
 * tokens, until a whole page is older than the range. Then it hands out the pages in reverse order. An entry without a time
 * is as old as its place in the list says.
 *
 * <p>This is best effort. If the server's tokens skip or repeat entries of equal time, one walk can miss some of them. The
 * next walk has other page boundaries.
 */
final class LegacyWalk implements Walk {
    private static final int MAX_ATTEMPTS = 3;

    private final GitpodClient client;
    private final FilterPlan filter;
    private final Instant from;
    private final Instant to;
    private final int pageSize;
    private final int certain;
    private final SpillDirectory directory;
    /** The caller may have forgotten them: it relies on a walk not going back behind its position. */
    private final RecentKeys handedOut = new RecentKeys();

    private PageStack pages;
    private boolean collected;
    /** Of the last request; null: it was for a first page. */
    private String token;

    private Instant position;

    /**
     * @param certain   after so many entries in a row that are older than the range, an entry without a time is older, too. Not
     *                  more than any walk's page has: else one walk would reach such an entry, and the next would not
     * @param directory where pages may wait
     */
    LegacyWalk(
            GitpodClient client,
            FilterPlan filter,
            Instant from,
            Instant to,
            int pageSize,
            int certain,
            SpillDirectory directory) {
        this.client = client;
        this.filter = filter;
        this.from = from;
        this.to = to;
        this.pageSize = pageSize;
        this.certain = certain;
        this.directory = directory;
        this.position = from;
        this.pages = new PageStack(client, directory);
    }

    @Override
    public Instant position() {
        return position;
    }

    @Override
    public boolean isComplete() {
        return collected && pages.isEmpty();
    }

    @Override
    public List<AuditLogEntry> next() throws IOException {
        if (!collected) {
            collect();
            collected = true;
        }
        List<AuditLogEntry> page = pages.pop();
        if (page == null) {
            return null;
        }
        // New entries shift the listing while it is read: a page can repeat the end of the one before.
        List<AuditLogEntry> sorted = page.stream()
                .filter(entry -> handedOut.add(entry.key()))
                .sorted(ORDER)
                .toList();
        sorted.stream()
                .map(AuditLogEntry::createdAt)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .filter(newest -> newest.isAfter(position))
                .ifPresent(newest -> position = newest);
        return sorted;
    }

    @Override
    public void close() {
        pages.close();
    }

    private void collect() throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                collectOnce();
                return;
            } catch (ApiException e) {
                if (!e.isRequestRefused()) {
                    throw e;
                }
                if (attempt == MAX_ATTEMPTS) {
                    // Of a token it says nothing about the next poll, of the first page it does.
                    throw token == null
                            ? e
                            : new IOException(
                                    "No progress: " + MAX_ATTEMPTS + " times " + AuditLogQuery.METHOD
                                            + " refused the token of a page",
                                    e);
                }
                // The next attempt collects everything anew: kept as well, these pages would be delivered twice.
                pages.close();
                pages = new PageStack(client, directory);
            }
        }
    }

    private void collectOnce() throws IOException {
        PageTokens tokens = new PageTokens(AuditLogQuery.METHOD);
        ListingProgress progress = new ListingProgress(AuditLogQuery.METHOD);
        Novelty novelty = new Novelty(Comparator.reverseOrder());
        int older = 0;
        AuditLogQuery query = new AuditLogQuery(filter.requests().get(0), null, null, null, pageSize, null);
        // Of the first page also what the filter does not accept: its newest entry shows how far the log has come.
        Predicate<AuditLogEntry> accepted = entry -> true;
        while (true) {
            token = query.token();
            AuditLogPage page = client.listAuditLogs(query);
            List<AuditLogEntry> wanted = new ArrayList<>();
            boolean isBeforeRange = !page.entries().isEmpty();
            for (AuditLogEntry entry : page.entries()) {
                boolean inRange = entry.createdAt() != null ? isInRange(entry.createdAt()) : older < certain;
                boolean isOlder = entry.createdAt() != null && entry.createdAt().isBefore(from);
                if (entry.createdAt() != null) {
                    older = isOlder ? older + 1 : 0;
                }
                isBeforeRange &= isOlder || (entry.createdAt() == null && !inRange);
                if (inRange && accepted.test(entry)) {
                    wanted.add(entry);
                }
            }
            accepted = filter::accepts;
            if (!wanted.isEmpty()) {
                pages.push(wanted);
            }
            if (!page.hasNext() || isBeforeRange) {
                return;
            }
            progress.answered(page.entries().size(), novelty.isIn(page.entries()));
            query = query.withToken(tokens.follow(page.nextToken()));
        }
    }

    private boolean isInRange(Instant at) {
        return !at.isBefore(from) && at.isBefore(to);
    }
}
