package io.github.camelgitpod.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.camel.spi.StateRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a {@link KnownState}: as a whole after each listing, and between two of them what has changed, by id and before the
 * route is told, so that a crash forgets no resource. Such a change is written once for each resource, and the whole is
 * written again when there are many: so a write costs little however large the organization is. A repository that
 * fails stops nothing, since a state that is too old makes more events, not fewer. Used by one thread at a time.
 */
public final class KnownStateStore {
    private static final Logger LOG = LoggerFactory.getLogger(KnownStateStore.class);
    private static final int MANY = 256;
    private static final String WHAT = "resources";

    private final StateRepository<String, String> repository;
    private final TolerantSaves saves;
    private final String key;
    private final String scope;
    private final InstantSource clock;
    /** By type, the ids that are saved as changed since the whole was saved. */
    private final Map<String, Set<String>> changed = new HashMap<>();

    private int changes;
    private long generation;

    /**
     * @param repository started by the caller
     * @param key        under which it is kept; what has changed is kept under {@code <key>/changed}
     * @param scope      what it is the state of: one that was saved for another scope is not used
     * @param clock      only for the time of the save, which is for people
     */
    public KnownStateStore(StateRepository<String, String> repository, String key, String scope, InstantSource clock) {
        this.repository = repository;
        this.saves = new TolerantSaves(repository, "after a restart a change may come twice");
        this.key = key;
        this.scope = scope;
        this.clock = clock;
    }

    /** Whether what is stored under a key is of one of these scopes, or nothing is. */
    static boolean isOf(Set<String> scopes, String key, StateRepository<String, String> repository) {
        try {
            JsonNode whole = read(repository, key);
            return whole.isEmpty() || scopes.contains(whole.path("scope").asText());
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /**
     * The state as it was saved last; an empty one when there is none that can be used.
     *
     * @param changedVersion in place of the version of a resource that has changed since its version was saved
     * @param newVersion     in place of the version of a resource that did not exist then
     */
    public KnownState load(String changedVersion, String newVersion) {
        Set<String> listed = new HashSet<>();
        Map<String, Map<String, String>> versions = new HashMap<>();
        try {
            JsonNode whole = read(key);
            generation = whole.path("generation").asLong();
            if (isUsable(whole)) {
                whole.path("listed").forEach(type -> listed.add(type.asText()));
                whole.path("resources").properties().forEach(type -> type.getValue()
                        .properties()
                        .forEach(resource -> ofType(versions, type.getKey())
                                .put(resource.getKey(), resource.getValue().asText())));
                addChanged(versions, changedVersion, newVersion);
            }
        } catch (JsonProcessingException | RuntimeException e) {
            LOG.warn(
                    "The state {} cannot be read: the resources are learned anew, and what changed meanwhile is not told. {}",
                    key,
                    e.toString());
            return new KnownState(Set.of(), Map.of());
        }
        return new KnownState(listed, versions);
    }

    private boolean isUsable(JsonNode whole) {
        boolean usable = whole.isEmpty() || whole.path("scope").asText().equals(scope);
        if (!usable) {
            LOG.warn("The resources stored under {} are of another scope: they are learned anew", key);
        }
        return usable;
    }

    private void addChanged(Map<String, Map<String, String>> versions, String changedVersion, String newVersion)
            throws JsonProcessingException {
        JsonNode since = read(changedKey());
        // A text of an earlier generation says nothing that the whole does not have.
        if (since.path("generation").asLong() == generation
                && since.path("scope").asText().equals(scope)) {
            since.path("resources").properties().forEach(type -> type.getValue().forEach(id -> {
                Map<String, String> ofType = ofType(versions, type.getKey());
                ofType.put(id.asText(), ofType.containsKey(id.asText()) ? changedVersion : newVersion);
                note(type.getKey(), id.asText());
            }));
        }
    }

    private JsonNode read(String where) throws JsonProcessingException {
        return read(repository, where);
    }

    private static JsonNode read(StateRepository<String, String> repository, String where)
            throws JsonProcessingException {
        String stored = repository.getState(where);
        return stored == null ? StateJson.MAPPER.createObjectNode() : StateJson.parse(WHAT, where, stored);
    }

    private static Map<String, String> ofType(Map<String, Map<String, String>> versions, String type) {
        return versions.computeIfAbsent(type, any -> new HashMap<>());
    }

    /** Saves the whole. */
    public void save(KnownState state) {
        ObjectNode root = StateJson.create().put("scope", scope);
        root.put("generation", generation + 1).put("savedAt", clock.instant().toString());
        root.set("listed", StateJson.MAPPER.valueToTree(state.listed()));
        root.set("resources", StateJson.MAPPER.valueToTree(state.versions()));
        if (saves.save(key, root)) {
            generation++;
            changed.clear();
            changes = 0;
        }
    }

    /** Saves that resources of a type have changed since the whole was saved. */
    public void saveChanged(String resourceType, Collection<String> ids) {
        int before = changes;
        ids.forEach(id -> note(resourceType, id));
        if (changes > before) {
            ObjectNode root = StateJson.create().put("scope", scope).put("generation", generation);
            root.set("resources", StateJson.MAPPER.valueToTree(changed));
            saves.save(changedKey(), root);
        }
    }

    /** Whether it is time to save the whole. */
    public boolean hasManyChanges() {
        return changes >= MANY;
    }

    private void note(String resourceType, String id) {
        if (changed.computeIfAbsent(resourceType, any -> new HashSet<>()).add(id)) {
            changes++;
        }
    }

    private String changedKey() {
        return key + KeysBeside.CHANGED;
    }
}
