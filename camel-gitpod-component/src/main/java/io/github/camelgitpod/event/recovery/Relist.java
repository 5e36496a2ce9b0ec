package io.github.camelgitpod.event.recovery;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.ResourceListing;
import io.github.camelgitpod.event.recovery.KnownResources.Change;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.JsonText;
import io.github.camelgitpod.state.KnownStateStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists what there is after a connection was opened, and tells what is different from what the route was told before. What
 * changes while it is listed comes with the connection's own events afterwards, so nothing falls between the two; some
 * may be told twice.
 */
final class Relist {
    private static final Logger LOG = LoggerFactory.getLogger(Relist.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ResourceScope scope;
    private final KnownStateStore store;
    private final ResourceLister lister;
    private final InstantSource clock;
    private final Set<ResourceListing> refused = EnumSet.noneOf(ResourceListing.class);
    private KnownResources known;

    Relist(ResourceScope scope, KnownStateStore store, InstantSource clock) {
        this.scope = scope;
        this.store = store;
        this.lister = new ResourceLister(scope);
        this.clock = clock;
    }

    /**
     * @return how many resources there are
     * @throws IOException when something cannot be listed now; nothing was told then
     */
    int run(GitpodClient client, Consumer<GitpodEvent> sink) throws IOException {
        Map<ResourceListing, List<Change>> changes = new EnumMap<>(ResourceListing.class);
        int relisted = 0;
        for (ResourceListing type : scope.listings()) {
            Map<String, String> now = list(client, type);
            if (now != null) {
                relisted += now.size();
                changes.put(type, known().differences(type, now));
            }
        }
        changes.forEach(known()::telling);
        for (Map.Entry<ResourceListing, List<Change>> ofType : changes.entrySet()) {
            for (Change change : ofType.getValue()) {
                sink.accept(event(ofType.getKey(), change));
                known().told(ofType.getKey(), change);
            }
        }
        known().complete(new ArrayList<>(changes.keySet()));
        return relisted;
    }

    /** An event of the stream is going to be told. */
    void observed(GitpodEvent event) {
        ResourceListing.of(event.resourceType())
                .filter(type -> event.resourceId() != null && scope.listings().contains(type))
                .ifPresent(type ->
                        known().observed(type, event.resourceId(), Operations.DELETE.equals(event.operation())));
    }

    /** Null: it cannot be listed, which will not pass by itself. */
    private Map<String, String> list(GitpodClient client, ResourceListing type) throws IOException {
        try {
            Map<String, String> now = lister.list(client, type);
            if (refused.remove(type)) {
                LOG.info("{} can be listed again", type.resourceType());
            }
            return now;
        } catch (ApiException e) {
            if (e.mayPassByItself()) {
                throw e;
            }
            if (refused.add(type)) {
                LOG.warn(
                        "{} cannot be listed: changes of it that are missed are not recovered. {}",
                        type.resourceType(),
                        e.getMessage());
            }
            return null;
        }
    }

    /** Loaded late: the repository may not be started before the consumer is. */
    private KnownResources known() {
        if (known == null) {
            known = new KnownResources(store);
        }
        return known;
    }

    private GitpodEvent event(ResourceListing type, Change change) {
        ObjectNode line = MAPPER.createObjectNode()
                .put("operation", change.operation())
                .put("resourceType", type.resourceType())
                .put("resourceId", change.id());
        return new GitpodEvent(
                change.operation(),
                type.resourceType(),
                change.id(),
                clock.instant(),
                true,
                null,
                null,
                JsonText.of(line.toString()));
    }
}
