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

/**
 * Which resources the route was told of, and what they were like then. What is known is never ahead of what was told: what
 * is to be told is saved as changed before, and as known afterwards. Used by one thread at a time.
 */
final class KnownResources {
    /** The route was told of a change; what the resource was like then is not known. */
    private static final String CHANGED = "";
    /** The route may have been told that it was created: the process ended meanwhile. */
    private static final String UNSURE = "?";

    private final KnownStateStore store;
    private final Set<String> listed;
    private final Map<String, Map<String, String>> versions = new HashMap<>();

    /**
     * A difference.
     *
     * @param operation such as {@code RESOURCE_OPERATION_CREATE}
     * @param id        of the resource
     * @param version   what it is like now; null: it is gone
     */
    record Change(String operation, String id, String version) {}

    KnownResources(KnownStateStore store) {
        this.store = store;
        KnownState state = store.load(CHANGED, UNSURE);
        this.listed = new HashSet<>(state.listed());
        state.versions().forEach((type, known) -> versions.put(type, new HashMap<>(known)));
    }

    /** An event of the stream is going to be told. */
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

    /**
     * What the route has to be told, so that it knows of what there is now. From a type's first listing it learns of nothing:
     * what was there before the first connection is no change.
     *
     * @param now by id, the versions
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

    /** These changes are going to be told. */
    void telling(ResourceListing type, List<Change> changes) {
        store.saveChanged(type.resourceType(), changes.stream().map(Change::id).toList());
    }

    /** A change was told. */
    void told(ResourceListing type, Change change) {
        if (change.version() == null) {
            of(type).remove(change.id());
        } else {
            of(type).put(change.id(), change.version());
        }
    }

    /** Everything of these types was told. */
    void complete(List<ResourceListing> types) {
        types.forEach(type -> listed.add(type.resourceType()));
        save();
    }

    private void save() {
        store.save(new KnownState(listed, versions));
    }

    private Map<String, String> of(ResourceListing type) {
        return versions.computeIfAbsent(type.resourceType(), any -> new HashMap<>());
    }
}
