package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.client.GitpodClient;
import java.time.Instant;
import java.util.concurrent.CompletionService;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorCompletionService;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** How far walks read ahead of what they hand out, and with which threads. */
final class ReadAhead {
    /** Walks do not read ahead. */
    static final ReadAhead NONE = new ReadAhead(null, null, 1, 0, 0, 0, Integer.MAX_VALUE);

    /** About 13,000 entries, or 10 MB. */
    static final int MAX_PAGES = 128;

    /** Each window costs half a page more than its entries need. */
    static final int PAGES_PER_WINDOW = 10;

    private final Supplier<CompletionService<Window.Page>> fetches;
    private final Parallelism parallelism;
    private final int concurrentRequests;
    private final int pageSize;
    private final int maxPages;
    private final int pagesPerWindow;
    private final int wantedPages;

    /**
     * @param fetches            makes what carries out the requests of one walk; null: walks do not read ahead
     * @param parallelism        how many may be under way; not more than {@code concurrentRequests}
     * @param concurrentRequests 1: one page ahead, one request after the other
     * @param pageSize           entries per request
     * @param maxPages           how many pages a walk may hold
     * @param pagesPerWindow     how many pages a window should have
     * @param wantedPages        a walk reads no more than so many ahead of what is asked of it, all in all
     */
    ReadAhead(
            Supplier<CompletionService<Window.Page>> fetches,
            Parallelism parallelism,
            int concurrentRequests,
            int pageSize,
            int maxPages,
            int pagesPerWindow,
            int wantedPages) {
        this.fetches = fetches;
        this.parallelism = parallelism;
        this.concurrentRequests = concurrentRequests;
        this.pageSize = pageSize;
        this.maxPages = maxPages;
        this.pagesPerWindow = pagesPerWindow;
        this.wantedPages = wantedPages;
    }

    /** As the settings say. */
    static ReadAhead of(GitpodClient client, AuditLogReaderSettings settings, Executor requests) {
        int pageSize = settings.pageSize();
        return new ReadAhead(
                () -> new ExecutorCompletionService<>(requests),
                new Parallelism(settings.concurrentRequests(), client::slowDowns, System::nanoTime),
                settings.concurrentRequests(),
                pageSize,
                MAX_PAGES,
                PAGES_PER_WINDOW,
                settings.maxEntries() == 0 ? Integer.MAX_VALUE : (settings.maxEntries() + pageSize - 1) / pageSize);
    }

    /**
     * A walk that reads ahead.
     *
     * @param walks  makes the walk through a part of the range
     * @param series how many pages such a walk holds itself
     */
    Walk over(BiFunction<Instant, Instant, Walk> walks, int series, Instant from, Instant to) {
        return fetches == null
                ? walks.apply(from, to)
                : new ReadAheadWalk(this, Math.max(2, maxPages / series), walks, from, to);
    }

    CompletionService<Window.Page> newFetches() {
        return fetches.get();
    }

    boolean isParallel() {
        return concurrentRequests > 1;
    }

    /** How many requests may be under way now. */
    int parallelism() {
        return isParallel() ? parallelism.current() : 1;
    }

    int pageSize() {
        return pageSize;
    }

    int wantedPages() {
        return wantedPages;
    }

    /** Not so many that the windows that are read side by side do not fit in the pages that a walk may hold. */
    int pagesPerWindow(int heldPages) {
        return Math.max(1, Math.min(pagesPerWindow, heldPages / concurrentRequests));
    }
}
