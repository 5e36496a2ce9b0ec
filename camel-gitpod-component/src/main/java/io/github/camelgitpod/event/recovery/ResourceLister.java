package io.github.camelgitpod.event.recovery;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.ListedResource;
import io.github.camelgitpod.client.ListingGivenUpException;
import io.github.camelgitpod.client.ListingProgress;
import io.github.camelgitpod.client.PageTokens;
import io.github.camelgitpod.client.ResourceListing;
import io.github.camelgitpod.client.ResourcePage;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Lists the resources of a type. A listing of several pages can miss one: when a resource is deleted whose page was read
 * already, the later pages may move up by one, and then the first resource of the next page is on none of them. But the
 * deleted one is in this listing, and not in the next. So listings are repeated until two in a row have the same ids: then
 * nothing was missed.
 */
public final class ResourceLister {
    /**
     * If resources are deleted all the time, no two listings in a row may be the same: after this many, a resource of any of
     * them counts. If it was deleted, that comes as an event.
     */
    private static final int MAX_LISTINGS = 4;

    private static final int MAX_TOKEN_FAILURES = 3;
    /** At most 90 MB: two listings, what is known, and what is in doubt, about 230 bytes a resource in each. */
    private static final int MOST_RESOURCES = 100_000;

    private final ResourceScope scope;

    public ResourceLister(ResourceScope scope) {
        this.scope = scope;
    }

    private static final class Listing {
        final Set<String> ids = new HashSet<>();
        final Map<String, String> admitted = new HashMap<>();
        int pages;
    }

    /** The versions of the scope's resources, by id. */
    public Map<String, String> list(GitpodClient client, ResourceListing type) throws IOException {
        Map<String, String> any = new HashMap<>();
        Listing before = null;
        for (int listings = 1; listings <= MAX_LISTINGS; listings++) {
            Listing now = listOnce(client, type);
            if (now.pages == 1 || (before != null && before.ids.equals(now.ids))) {
                return now.admitted;
            }
            any.putAll(now.admitted);
            before = now;
        }
        return any;
    }

    private Listing listOnce(GitpodClient client, ResourceListing type) throws IOException {
        for (int failures = 0; ; failures++) {
            try {
                return pages(client, type);
            } catch (BrokenTokenException e) {
                if (failures == MAX_TOKEN_FAILURES) {
                    throw e.answer();
                }
            }
        }
    }

    private Listing pages(GitpodClient client, ResourceListing type) throws IOException, BrokenTokenException {
        Listing listing = new Listing();
        PageTokens tokens = new PageTokens(type.method());
        ListingProgress progress = new ListingProgress(type.method());
        String token = null;
        do {
            ResourcePage page;
            try {
                page = client.listResources(type, token);
            } catch (ApiException e) {
                if (token == null || !e.isRequestRefused()) {
                    throw e;
                }
                throw new BrokenTokenException(e);
            }
            listing.pages++;
            boolean news = false;
            for (ListedResource resource : page.resources()) {
                news |= listing.ids.add(resource.id());
                if (scope.admits(type, resource)) {
                    listing.admitted.put(resource.id(), resource.version());
                }
            }
            if (listing.ids.size() > MOST_RESOURCES) {
                throw new ListingGivenUpException(type.method() + " lists more than " + MOST_RESOURCES
                        + " resources, which is more than are remembered");
            }
            token = page.nextToken();
            if (token != null) {
                progress.answered(page.resources().size(), news);
                tokens.follow(token);
            }
        } while (token != null);
        return listing;
    }

    /** The server does not accept its own page token any more: the listing has to begin again. */
    private static final class BrokenTokenException extends Exception {
        private static final long serialVersionUID = 1L;

        BrokenTokenException(ApiException answer) {
            super(answer);
        }

        ApiException answer() {
            return (ApiException) getCause();
        }
    }
}
