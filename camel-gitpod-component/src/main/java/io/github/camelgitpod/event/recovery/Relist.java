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
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Lists the resources after a connection was opened, and delivers how they differ from what the route knows. A change
 * during the listing comes with the connection's own events afterwards. So nothing is lost between the two, but a change
 * may be delivered twice.
 */
final class Relist {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ResourceScope scope;
    private final KnownStateStore store;
    private final ResourceLister lister;
    private final InstantSource clock;
    private final Map<ResourceListing, Refusal> refusals = new EnumMap<>(ResourceListing.class);
    private KnownResources known;

    Relist(ResourceScope scope, KnownStateStore store, InstantSource clock) {
        this.scope = scope;
        this.store = store;
        this.lister = new ResourceLister(scope);
        this.clock = clock;
    }

    /**
     * @return how many resources there are
     * @throws ApiException when the server may not be asked yet for some of them; what it was asked for is delivered
     * @throws IOException  when something cannot be listed now; nothing was delivered then
     */
    int run(GitpodClient client, Consumer<GitpodEvent> sink) throws IOException {
        Map<ResourceListing, List<Change>> changes = new EnumMap<>(ResourceListing.class);
        int relisted = 0;
        ApiException notAsked = null;
        for (ResourceListing type : scope.listings()) {
            try {
                Map<String, String> now = list(client, type);
                if (now != null) {
                    relisted += now.size();
                    changes.put(type, known().differences(type, now));
                }
            } catch (ApiException e) {
                if (!e.isRepeated() || e.mayPassByItself()) {
                    throw e;
                }
                notAsked = e;
            }
        }
        changes.forEach(known()::delivering);
        for (Map.Entry<ResourceListing, List<Change>> ofType : changes.entrySet()) {
            for (Change change : ofType.getValue()) {
                sink.accept(event(ofType.getKey(), change));
                known().delivered(ofType.getKey(), change);
            }
        }
        known().allDelivered(new ArrayList<>(changes.keySet()));
        if (notAsked != null) {
            throw notAsked;
        }
        return relisted;
    }

    /** An event of the stream is about to be delivered. */
    void observed(GitpodEvent event) {
        ResourceListing.of(event.resourceType())
                .filter(type -> event.resourceId() != null && scope.listings().contains(type))
                .ifPresent(type ->
                        known().observed(type, event.resourceId(), Operations.DELETE.equals(event.operation())));
    }

    /** Null: the server refuses to list it. */
    private Map<String, String> list(GitpodClient client, ResourceListing type) throws IOException {
        Refusal refusal = refusals.computeIfAbsent(
                type,
                any -> new Refusal(
                        type.resourceType() + " cannot be listed: changes of it that are missed are not recovered.",
                        type.resourceType() + " can be listed again"));
        try {
            Map<String, String> now = lister.list(client, type);
            refusal.over();
            return now;
        } catch (ApiException e) {
            refusal.refused(e);
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
