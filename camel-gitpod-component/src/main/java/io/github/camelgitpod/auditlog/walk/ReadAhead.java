package io.github.camelgitpod.auditlog.walk;

import io.github.camelgitpod.client.GitpodClient;
import java.time.Instant;
import java.util.concurrent.CompletionService;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorCompletionService;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * How far walks read ahead of what they hand out.
 *
 * @param fetches            makes the service that runs one walk's requests; null: walks do not read ahead
 * @param parallelism        how many requests may be under way now
 * @param concurrentRequests how many requests may ever be under way; 1: one page is read ahead, one request at a time
 * @param pageSize           entries per request
 * @param maxPages           how many pages a walk may hold
 * @param pagesPerWindow     how many pages a window should have
 * @param wantedPages        how many pages a walk may read in all
 */
public record ReadAhead(
        Supplier<CompletionService<Window.Page>> fetches,
        Parallelism parallelism,
        int concurrentRequests,
        int pageSize,
        int maxPages,
        int pagesPerWindow,
        int wantedPages) {
    /** Walks do not read ahead. */
    public static final ReadAhead NONE = new ReadAhead(null, null, 1, 0, 0, 0, 0);

    /** About 13,000 entries, or 10 MB. */
    static final int MAX_PAGES = 128;

    /** A window's last page is half full on average: with longer windows less is wasted. */
    static final int PAGES_PER_WINDOW = 12;

    /**
     * The usual bounds.
     *
     * @param concurrentRequests how many requests may be under way at once
     * @param pageSize           entries per request
     * @param maxEntries         how many entries a walk may be asked for in all; 0: no limit
     * @param requests           runs the requests
     */
    public static ReadAhead of(
            GitpodClient client, int concurrentRequests, int pageSize, int maxEntries, Executor requests) {
        return new ReadAhead(
                () -> new ExecutorCompletionService<>(requests),
                new Parallelism(concurrentRequests, client::slowDowns, System::nanoTime),
                concurrentRequests,
                pageSize,
                MAX_PAGES,
                PAGES_PER_WINDOW,
                maxEntries == 0 ? Integer.MAX_VALUE : (maxEntries + pageSize - 1) / pageSize);
    }

    /**
     * A walk that reads ahead.
     *
     * @param walks  makes the walk through a part of the range
     * @param series how many pages each of those walks holds itself
     */
    Walk over(BiFunction<Instant, Instant, Walk> walks, int series, Instant from, Instant to) {
        if (fetches == null) {
            return walks.apply(from, to);
        }
        int held = Math.max(2, maxPages / series);
        // So few that the windows that are read at the same time fit into what may be held.
        int perWindow = Math.max(1, Math.min(pagesPerWindow, held / concurrentRequests));
        ReadAhead own = new ReadAhead(fetches, parallelism, concurrentRequests, pageSize, held, perWindow, wantedPages);
        return new ReadAheadWalk(own, walks, from, to);
    }
}
