package io.github.camelgitpod.event.recovery;

import io.github.camelgitpod.client.ResourceListing;
import io.github.camelgitpod.state.KnownState;
import io.github.camelgitpod.state.KnownStateStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which resources the route knows of, and in which version. If this were ahead of what was delivered, a change would be
 * lost when the process ends. So a resource is stored as changed before its event is delivered, and with its version
 * afterwards. Used by one thread at a time.
 */
final class KnownResources {
    /** In place of a version: the route had an event of a change, and which version came of it is not known. */
    private static final String CHANGED = "";
    /** In place of a version: if the process ended while the event of the creation was delivered, the route may not have it. */
    private static final String UNSURE = "?";

    private final KnownStateStore store;
    private final Set<String> listed;
    private final Map<String, Map<String, String>> versions = new HashMap<>();

    /**
     * How a resource differs from what the route knows.
     *
     * @param operation such as {@code RESOURCE_OPERATION_CREATE}
     * @param id        of the resource
     * @param version   its version now; null: it is gone
     */
    record Change(String operation, String id, String version) {}

    KnownResources(KnownStateStore store) {
        this.store = store;
        KnownState state = store.load(CHANGED, UNSURE);
        this.listed = new HashSet<>(state.listed());
        state.versions().forEach((type, known) -> versions.put(type, new HashMap<>(known)));
    }

    /** An event of the stream is about to be delivered. */
    void observed(ResourceListing type, String id, boolean deleted) {
        Map<String, String> known = of(type);
        if (deleted && !known.containsKey(id)) {
            return;
        }
        if (!CHANGED.equals(known.get(id))) {
            if (store.hasManyChanges()) {
                save();
            }
            store.saveChanged(type.resourceType(), List.of(id));
        }
        if (deleted) {
            known.remove(id);
        } else {
            known.put(id, CHANGED);
        }
    }

    /** The ids of which the stream brought a change, and nobody knows the version that came of it. */
    Set<String> changed(ResourceListing type) {
        return of(type).entrySet().stream()
                .filter(known -> CHANGED.equals(known.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** The route has seen the version that came of a change of the stream. */
    void seen(ResourceListing type, String id, String version) {
        of(type).replace(id, CHANGED, version);
    }

    /**
     * What has to be delivered so that the route knows the present state. After the first listing of a type that is nothing:
     * what was there before the first connection is not a change.
     *
     * @param now the present versions, by id
     */
    List<Change> differences(ResourceListing type, Map<String, String> now) {
        Map<String, String> known = of(type);
        List<Change> changes = new ArrayList<>();
        known.keySet().stream()
                .filter(id -> !now.containsKey(id))
                .forEach(id -> changes.add(new Change(Operations.DELETE, id, null)));
        now.forEach((id, version) -> {
            String before = known.get(id);
            if (UNSURE.equals(before) || (before == null && listed.contains(type.resourceType()))) {
                changes.add(new Change(Operations.CREATE, id, version));
            } else if (before == null) {
                known.put(id, version);
            } else if (!version.equals(before)) {
                changes.add(new Change(Operations.UPDATE, id, version));
            }
        });
        return changes;
    }

    /** These changes are about to be delivered. */
    void delivering(ResourceListing type, List<Change> changes) {
        store.saveChanged(type.resourceType(), changes.stream().map(Change::id).toList());
    }

    /** A change was delivered. */
    void delivered(ResourceListing type, Change change) {
        if (change.version() == null) {
            of(type).remove(change.id());
        } else {
            of(type).put(change.id(), change.version());
        }
    }

    /** All changes of these types were delivered. */
    void allDelivered(List<ResourceListing> types) {
        types.forEach(type -> listed.add(type.resourceType()));
        save();
    }

    void save() {
        store.save(new KnownState(listed, versions));
    }

    private Map<String, String> of(ResourceListing type) {
        return versions.computeIfAbsent(type.resourceType(), any -> new HashMap<>());
    }
}
