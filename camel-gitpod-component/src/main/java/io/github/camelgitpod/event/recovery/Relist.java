package io.github.camelgitpod.event.recovery;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.Durations;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.ResourceListing;
import io.github.camelgitpod.client.SteadyClock;
import io.github.camelgitpod.event.recovery.KnownResources.Change;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.JsonText;
import io.github.camelgitpod.state.KnownStateStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Lists the resources after a connection was opened, and delivers how they differ from what the route knows. A change
 * during the listing comes with the connection's own events afterwards. So nothing is lost between the two, but a change
 * may be delivered twice.
 *
 * <p>While the stream is open, those are listed of which it brought events, so that their versions are known before the next
 * gap.
 */
final class Relist {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** So often the resources that changed are looked at, or less often: for a hundredth of the time. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    private static final int HUNDRED = 100;

    private final ResourceScope scope;
    private final KnownStateStore store;
    private final ResourceLister lister;
    private final SteadyClock clock;
    private final Map<ResourceListing, Refusal> refusals = new EnumMap<>(ResourceListing.class);
    private final VersionsInDoubt inDoubt = new VersionsInDoubt();
    private KnownResources known;
    /** Whether something was missed that no listing has shown yet. */
    private boolean missed = true;

    private Instant lookAt;

    Relist(ResourceScope scope, KnownStateStore store, SteadyClock clock) {
        this.scope = scope;
        this.store = store;
        this.lister = new ResourceLister(scope);
        this.clock = clock;
        this.lookAt = clock.instant().plus(LOOK_EVERY);
    }

    /**
     * The stream has missed something, which {@link #run} finds out.
     *
     * @param since until then everything was delivered
     */
    void missed(Instant since) {
        delivered(since);
        inDoubt.clear();
        missed = true;
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
        missed = false;
        lookAt = clock.instant().plus(LOOK_EVERY);
        return relisted;
    }

    /** After how long to call {@link #look}. */
    Duration lookIn() {
        return Duration.between(clock.instant(), lookAt);
    }

    /**
     * Looks at the resources that have changed while the stream was open; nothing comes of it for the route.
     *
     * @param upTo until then everything was delivered; null: it is not known
     * @throws IOException when something cannot be listed now
     */
    void look(GitpodClient client, Instant upTo) throws IOException {
        Instant begun = clock.instant();
        lookAt = begun.plus(LOOK_EVERY);
        if (upTo == null || missed) {
            return;
        }
        if (delivered(upTo)) {
            known().save();
        }
        for (ResourceListing type : scope.listings()) {
            Set<String> changed = known().changed(type);
            changed.removeIf(id -> inDoubt.has(type, id));
            Map<String, String> now = changed.isEmpty() || refusal(type).isRefused() ? null : list(client, type);
            if (now != null) {
                now.keySet().retainAll(changed);
                inDoubt.listed(type, now, clock.instant());
            }
        }
        Duration took = Duration.between(begun, clock.instant());
        lookAt = clock.instant().plus(Durations.longer(LOOK_EVERY, took.multipliedBy(HUNDRED)));
    }

    /** The route has everything that happened until then; true: so it has seen versions that were in doubt. */
    boolean delivered(Instant upTo) {
        return inDoubt.delivered(upTo, (type, id, version) -> known().seen(type, id, version));
    }

    /** An event of the stream is about to be delivered. */
    void observed(GitpodEvent event) {
        ResourceListing.of(event.resourceType())
                .filter(type -> event.resourceId() != null && scope.listings().contains(type))
                .ifPresent(type -> {
                    inDoubt.changed(type, event.resourceId());
                    known().observed(type, event.resourceId(), Operations.DELETE.equals(event.operation()));
                });
    }

    /** Null: the server refuses to list it. */
    private Map<String, String> list(GitpodClient client, ResourceListing type) throws IOException {
        Refusal refusal = refusal(type);
        try {
            Map<String, String> now = lister.list(client, type);
            refusal.over();
            return now;
        } catch (ApiException e) {
            refusal.refused(e);
            return null;
        }
    }

    private Refusal refusal(ResourceListing listing) {
        return refusals.computeIfAbsent(
                listing,
                type -> new Refusal(
                        type.resourceType() + " cannot be listed: changes of it that are missed are not recovered.",
                        type.resourceType() + " can be listed again",
                        clock));
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
