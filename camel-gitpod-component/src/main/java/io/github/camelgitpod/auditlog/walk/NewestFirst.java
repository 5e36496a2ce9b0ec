package io.github.camelgitpod.auditlog.walk;

import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.TimeRange;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * The entries of a range, newest first: the order in which every server lists. Several series, of a filter of many values, are merged
 * by time; of each one page is held.
 */
public final class NewestFirst implements EntryPages {
    private final AuditLogFilter filter;
    private final List<Series> series;
    private final RecentKeys handedOut = new RecentKeys();

    /** @param most how many entries are wanted; 0: all */
    public NewestFirst(GitpodClient client, AuditLogFilter filter, TimeRange range, int most, int pageSize) {
        FilterPlan plan = FilterPlan.of(filter);
        boolean allPass = plan.rest().equals(AuditLogFilter.ALL);
        int size = allPass && most > 0 ? Math.min(most, pageSize) : pageSize;
        this.filter = filter;
        this.series = plan.requests().stream()
                .map(request -> new Series(new BackwardWalk(client, request, range, size)))
                .toList();
    }

    @Override
    public List<AuditLogEntry> next() throws IOException {
        List<AuditLogEntry> page = series.size() == 1 ? series.get(0).walk.next() : merged();
        if (page == null) {
            return null;
        }
        // A legacy server may ignore the filter, and new entries shift the pages of some listings while they are read.
        return page.stream()
                .filter(entry -> filter.matches(entry) && handedOut.add(entry.key()))
                .toList();
    }

    private List<AuditLogEntry> merged() throws IOException {
        for (Series one : series) {
            one.fill();
        }
        // Stops where one page is used up: the next page of that series may hold newer entries than the other pages.
        List<AuditLogEntry> merged = new ArrayList<>();
        while (true) {
            Series newest = series.stream()
                    .filter(one -> !one.page.isEmpty())
                    .max(Comparator.comparing(Series::time))
                    .orElse(null);
            if (newest == null) {
                return merged.isEmpty() ? null : merged;
            }
            merged.add(newest.page.remove());
            if (newest.page.isEmpty()) {
                return merged;
            }
        }
    }

    @Override
    public void close() {
        series.forEach(one -> one.page.clear());
    }

    private static final class Series {
        private final BackwardWalk walk;
        private final Deque<AuditLogEntry> page = new ArrayDeque<>();
        private boolean complete;

        Series(BackwardWalk walk) {
            this.walk = walk;
        }

        void fill() throws IOException {
            while (page.isEmpty() && !complete) {
                List<AuditLogEntry> next = walk.next();
                complete = next == null;
                if (next != null) {
                    page.addAll(next);
                }
            }
        }

        /** Of an entry without a time: none is newer, so that it comes where its series lists it. */
        Instant time() {
            Instant first = page.element().createdAt();
            return first == null ? Instant.MAX : first;
        }
    }
}
