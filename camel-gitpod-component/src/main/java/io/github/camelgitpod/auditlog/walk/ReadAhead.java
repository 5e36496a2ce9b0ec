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
 * @param fetches            makes what carries out the requests of one walk; null: walks do not read ahead
 * @param parallelism        how many of them may be under way, of {@code concurrentRequests} at most
 * @param concurrentRequests 1: one page ahead, one request after the other
 * @param pageSize           entries per request
 * @param maxPages           how many pages a walk may hold
 * @param pagesPerWindow     how many pages a window should have
 * @param wantedPages        a walk reads ahead no more than so many, all in all
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

    /** Each window costs half a request more than its entries need. */
    static final int PAGES_PER_WINDOW = 12;

    /**
     * As much as so many concurrent requests allow.
     *
     * @param maxEntries no more than these are wanted, all in all; 0: no limit
     * @param requests   carries them out
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
     * @param series how many pages such a walk holds itself
     */
    Walk over(BiFunction<Instant, Instant, Walk> walks, int series, Instant from, Instant to) {
        if (fetches == null) {
            return walks.apply(from, to);
        }
        int held = Math.max(2, maxPages / series);
        // Not so many that the windows that are read side by side would not fit.
        int perWindow = Math.max(1, Math.min(pagesPerWindow, held / concurrentRequests));
        ReadAhead own = new ReadAhead(fetches, parallelism, concurrentRequests, pageSize, held, perWindow, wantedPages);
        return new ReadAheadWalk(own, walks, from, to);
    }
}
