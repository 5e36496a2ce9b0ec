package io.github.camelgitpod.auditlog.walk;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.AuditLogPage;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A walk on a server that lists newest first and knows no bounds (delivery.md 4): from the newest entry back by page tokens,
 * until a whole page is older than the range, and then handed out the other way round. Best effort: where such a server's
 * tokens skip or repeat equal times, some can be missed in one walk, and the next walk has other page boundaries.
 */
final class LegacyWalk implements Walk {
    private static final int MAX_ATTEMPTS = 3;

    private final GitpodClient client;
    private final FilterPlan filter;
    private final Instant from;
    private final Instant to;
    private final int pageSize;
    private final RecentKeys handedOut = new RecentKeys();
    private PageStack pages = new PageStack();
    private boolean collected;
    private Instant position;

    LegacyWalk(GitpodClient client, FilterPlan filter, Instant from, Instant to, int pageSize) {
        this.client = client;
        this.filter = filter;
        this.from = from;
        this.to = to;
        this.pageSize = pageSize;
        this.position = from;
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
        // What is new meanwhile can shift the listing, so that a page repeats the end of the one before.
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
                if (!CheckedPages.isBrokenToken(e) || attempt == MAX_ATTEMPTS) {
                    throw e;
                }
                // What was collected comes again: handed out twice, it would be delivered twice.
                pages.close();
                pages = new PageStack();
            }
        }
    }

    private void collectOnce() throws IOException {
        Set<String> tokens = new HashSet<>();
        AuditLogQuery query = new AuditLogQuery(filter.requests().get(0), null, null, null, pageSize, null);
        while (true) {
            AuditLogPage page = client.listAuditLogs(query);
            List<AuditLogEntry> wanted =
                    page.entries().stream().filter(this::isInRange).toList();
            if (!wanted.isEmpty()) {
                pages.push(wanted);
            }
            if (!page.hasNext() || isBeforeRange(page.entries())) {
                return;
            }
            if (!tokens.add(page.nextToken())) {
                throw new IOException("No progress: the server gave the same page token twice");
            }
            query = query.withToken(page.nextToken());
        }
    }

    private boolean isInRange(AuditLogEntry entry) {
        Instant at = entry.createdAt();
        return (at == null || (!at.isBefore(from) && at.isBefore(to))) && filter.accepts(entry);
    }

    private boolean isBeforeRange(List<AuditLogEntry> entries) {
        return !entries.isEmpty()
                && entries.stream()
                        .allMatch(entry ->
                                entry.createdAt() != null && entry.createdAt().isBefore(from));
    }

    /**
     * The keys handed out last. The caller may have forgotten them: it takes it that a walk never goes back behind the
     * position that it told.
     */
    private static final class RecentKeys {
        private static final int PAGES = 20;
        private final Set<String> keys = new LinkedHashSet<>();

        /** Whether it is a new one. */
        boolean add(String key) {
            boolean added = keys.add(key);
            if (keys.size() > PAGES * AuditLogQuery.MAX_PAGE_SIZE) {
                Iterator<String> oldest = keys.iterator();
                oldest.next();
                oldest.remove();
            }
            return added;
        }
    }
}
