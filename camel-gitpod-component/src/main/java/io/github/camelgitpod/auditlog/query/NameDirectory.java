package io.github.camelgitpod.auditlog.query;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.ClientClosedException;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.ListingProgress;
import io.github.camelgitpod.client.NameListing;
import io.github.camelgitpod.client.NamePage;
import io.github.camelgitpod.client.Named;
import io.github.camelgitpod.client.PageTokens;
import io.github.camelgitpod.client.TokenOrganization;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names of who acts and of what is acted on, for people. They come from listings that are kept for ten minutes and then read again
 * on another thread; meanwhile the old ones count. Only the first ones are waited for, and not for long. What is refused or not
 * there has no name. Names are in memory only.
 *
 * <p>Refreshed by one thread at a time, asked by any.
 */
public final class NameDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(NameDirectory.class);
    private static final long KEPT = Duration.ofMinutes(10).toNanos();
    /** After a listing that failed, but was not refused. */
    private static final long AFTER_FAILURE = Duration.ofMinutes(1).toNanos();

    /** Of one listing: about 20 MB. */
    private static final int MOST = 100_000;

    private final TokenOrganization organizations;
    private final Executor executor;
    private final LongSupplier nanoTime;
    private final Duration longestWait;
    private final Map<NameListing, Map<String, Named>> byListing = new ConcurrentHashMap<>();
    /** Of these it was told that they are missing. */
    private final Set<NameListing> told = EnumSet.noneOf(NameListing.class);

    private CompletableFuture<Outcome> loading;
    private boolean awaited;

    /**
     * How a load ended.
     *
     * @param complete whether each listing was read, or refused
     * @param at       when
     */
    private record Outcome(boolean complete, long at) {
        boolean isOld(long now) {
            return now - at >= (complete ? KEPT : AFTER_FAILURE);
        }
    }

    /**
     * @param executor    reads the listings, one load at a time
     * @param nanoTime    a monotonic clock, such as {@link System#nanoTime()}
     * @param longestWait how long the first names are waited for
     */
    public NameDirectory(
            TokenOrganization organizations, Executor executor, LongSupplier nanoTime, Duration longestWait) {
        this.organizations = organizations;
        this.executor = executor;
        this.nanoTime = nanoTime;
        this.longestWait = longestWait;
    }

    /** A read begins. Sees to it that the names are not old; the first time it waits for them. */
    public void refresh(GitpodClient client) {
        if (loading == null || (loading.isDone() && loading.join().isOld(nanoTime.getAsLong()))) {
            begin(client);
        }
        if (!awaited && loading != null) {
            awaited = true;
            await(loading);
        }
    }

    /** Who or what has this id; null: nobody knows. */
    public Named find(String id) {
        if (id == null) {
            return null;
        }
        for (Map<String, Named> names : byListing.values()) {
            Named named = names.get(id);
            if (named != null) {
                return named;
            }
        }
        return null;
    }

    private void begin(GitpodClient client) {
        try {
            loading = CompletableFuture.supplyAsync(() -> load(client), executor)
                    .exceptionally(failure -> {
                        LOG.warn("Names cannot be listed", failure);
                        return false;
                    })
                    .thenApply(complete -> new Outcome(complete, nanoTime.getAsLong()));
        } catch (RejectedExecutionException e) {
            LOG.debug("No names: this is a stop", e);
        }
    }

    private void await(CompletableFuture<Outcome> load) {
        try {
            load.get(longestWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            LOG.info("Names are not there after {}: entries go without until they are", longestWait);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether each listing was read, or refused. */
    private boolean load(GitpodClient client) {
        boolean complete = true;
        for (NameListing listing : NameListing.values()) {
            try {
                byListing.put(listing, read(client, listing));
                told.remove(listing);
            } catch (ClientClosedException e) {
                return false;
            } catch (IOException e) {
                boolean refused = e instanceof ApiException answer && isRefusal(answer);
                if (refused) {
                    byListing.remove(listing);
                }
                complete &= refused;
                if (told.add(listing)) {
                    LOG.warn("No names of {}: {}", listing.field(), e.getMessage());
                }
            }
        }
        return complete;
    }

    /** Whether it says that these names are not to be had; a proxy's page, or a token that is being replaced, does not. */
    private static boolean isRefusal(ApiException answer) {
        return answer.isUnimplemented() || !(answer.mayPassByItself() || answer.isRefusedBySomething());
    }

    private Map<String, Named> read(GitpodClient client, NameListing listing) throws IOException {
        String organization =
                listing == NameListing.MEMBERS ? organizations.of(client).orElse(null) : null;
        if (listing == NameListing.MEMBERS && organization == null) {
            throw new IOException("the server does not tell the organization of the token");
        }
        Map<String, Named> names = new HashMap<>();
        PageTokens tokens = new PageTokens(listing.method());
        ListingProgress progress = new ListingProgress(listing.method());
        String token = null;
        do {
            NamePage page = client.listNames(listing, organization, token);
            int before = names.size();
            page.names().forEach(named -> names.put(named.id(), named));
            token = page.nextToken();
            if (token != null) {
                tokens.follow(token);
                progress.answered(page.names().size(), names.size() > before);
            }
        } while (token != null && names.size() < MOST);
        return names;
    }
}
