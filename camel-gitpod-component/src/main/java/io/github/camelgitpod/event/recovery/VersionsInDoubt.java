package io.github.camelgitpod.event.recovery;

import io.github.camelgitpod.client.ResourceListing;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Versions that a listing showed while the stream was open. The route has seen them, unless an event of a change before the
 * listing was still on its way, or was lost with a connection that was dead already. When the route has everything that came
 * until some time after the listing, there is no doubt any more.
 */
final class VersionsInDoubt {
    /** An event comes at most so long after its change. */
    static final Duration ON_ITS_WAY = Duration.ofSeconds(5);

    private final Map<ResourceListing, Map<String, String>> versions = new EnumMap<>(ResourceListing.class);
    private Instant listedAt;

    /** What gets to know versions. */
    interface Seen {
        void seen(ResourceListing type, String id, String version);
    }

    /** @param now the versions by id, as they were listed until this moment */
    void listed(ResourceListing type, Map<String, String> now, Instant at) {
        of(type).putAll(now);
        listedAt = at;
    }

    /** The stream has brought a change since. */
    void changed(ResourceListing type, String id) {
        of(type).remove(id);
    }

    boolean has(ResourceListing type, String id) {
        return of(type).containsKey(id);
    }

    /**
     * The route has everything that happened until this moment.
     *
     * @param next gets the versions that it has seen, which are not in doubt any more
     * @return whether there are any
     */
    boolean delivered(Instant upTo, Seen next) {
        boolean certain = listedAt != null && !upTo.isBefore(listedAt.plus(ON_ITS_WAY));
        if (certain) {
            versions.forEach((type, all) -> all.forEach((id, version) -> next.seen(type, id, version)));
            clear();
        }
        return certain;
    }

    void clear() {
        versions.clear();
        listedAt = null;
    }

    private Map<String, String> of(ResourceListing type) {
        return versions.computeIfAbsent(type, any -> new HashMap<>());
    }
}
