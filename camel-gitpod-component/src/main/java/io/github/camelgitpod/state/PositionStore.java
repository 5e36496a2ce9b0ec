package io.github.camelgitpod.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgitpod.model.StreamGap;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.camel.spi.StateRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps where event streams stand, by scope, so that a new process knows what was missed and not told yet. A repository that
 * fails stops nothing: a position that is too old only makes a gap longer. Used by one thread at a time, but for {@link #isOurs}.
 */
public final class PositionStore {
    private static final Logger LOG = LoggerFactory.getLogger(PositionStore.class);

    private static final String OWED = "owed";

    private final StateRepository<String, String> repository;
    private final TolerantSaves saves;
    private final String key;
    /** Null: there is no other consumer. */
    private final Fence fence;

    private final Consumer<OvertakenException> overtaken;
    private boolean lost;
    private long generation;
    private Map<String, StreamPosition> saved = Map.of();

    /**
     * @param repository started by the caller; only this process uses the key
     * @param key        under which it is kept
     */
    public PositionStore(StateRepository<String, String> repository, String key) {
        this(repository, key, null);
    }

    /**
     * @param repository started by the caller
     * @param key        under which it is kept
     * @param overtaken  told once, by a save, when a consumer on another machine has saved its positions: nothing is saved
     *                   then, nor later; null: only this process uses the key
     */
    public PositionStore(
            StateRepository<String, String> repository, String key, Consumer<OvertakenException> overtaken) {
        this.repository = repository;
        this.fence = overtaken == null ? null : new Fence(repository, key);
        this.overtaken = overtaken;
        this.saves = new TolerantSaves(repository, "the gap of a restart would be told as a longer one");
        this.key = key;
    }

    /**
     * How positions are recognised that an earlier version kept under another key. They do not say what was read of the
     * scopes, but the resources beside them do, if there are any.
     *
     * @param scopes    tells whether these are the consumer's
     * @param resources what is appended to the key for resources, with the scopes that these may be of
     * @param besides   what is appended to the key for all that is kept beside the positions
     */
    public static EarlierState earlier(
            Predicate<Set<String>> scopes, Map<String, Set<String>> resources, List<String> besides) {
        return new EarlierState(
                (repository, key, text) -> scopes.test(decode(key, text).keySet())
                        && resources.entrySet().stream()
                                .allMatch(known ->
                                        KnownStateStore.isOf(known.getValue(), key + known.getKey(), repository)),
                besides);
    }

    /** By scope, where the stream stands; scopes of which nothing is known are missing. */
    public Map<String, StreamPosition> load() {
        try {
            String text = fence == null ? repository.getState(key) : fence.load();
            saved = text == null ? Map.of() : decode(key, text);
        } catch (RuntimeException | JsonProcessingException e) {
            LOG.warn(
                    "The state {} cannot be read: what was missed since the last run is not known. {}",
                    key,
                    e.toString());
        }
        return saved;
    }

    /** The stored text, whosever it is; null: there is none. */
    public String look() {
        return repository.getState(key);
    }

    /** Whether no consumer on another machine has saved positions since. For any thread. */
    public synchronized boolean isOurs() {
        // Not between the look of a save and the save: a repository that compares would take this look for that one.
        return !lost && (fence == null || fence.isOurs());
    }

    /**
     * Saves the positions if they have changed. Where another consumer may go on with them, in any case: the first time, so that
     * the consumer before sees who goes on; and later, so that one that stands by sees that this one is alive.
     */
    public synchronized void save(Map<String, StreamPosition> positions) {
        if (isLost() || fence == null && positions.equals(saved)) {
            return;
        }
        ObjectNode json = StateJson.MAPPER.createObjectNode().put(StateJson.POSITIONS_VERSION_FIELD, StateJson.VERSION);
        if (fence != null) {
            json.put(Fence.OWNER, fence.owner()).put(Fence.GENERATION, ++generation);
        }
        ObjectNode byScope = json.putObject("deliveredUpTo");
        new TreeMap<>(positions).forEach((scope, position) -> {
            byScope.put(scope, position.deliveredUpTo().toString());
            if (position.owed() != null) {
                json.withObjectProperty(OWED).set(scope, encode(position.owed()));
            }
        });
        if (saves.save(key, json)) {
            saved = Map.copyOf(positions);
        }
    }

    private boolean isLost() {
        if (fence != null && !lost) {
            try {
                fence.verify();
            } catch (OvertakenException e) {
                lost = true;
                overtaken.accept(e);
            } catch (RuntimeException e) {
                LOG.debug("The state {} cannot be read", key, e);
            }
        }
        return lost;
    }

    private static Map<String, StreamPosition> decode(String key, String text) throws JsonProcessingException {
        JsonNode json = StateJson.parse("positions", key, text);
        Map<String, StreamPosition> positions = new TreeMap<>();
        json.path("deliveredUpTo").properties().forEach(scope -> {
            try {
                JsonNode owed = json.path(OWED).path(scope.getKey());
                positions.put(
                        scope.getKey(),
                        new StreamPosition(
                                Instant.parse(scope.getValue().asText()), owed.isObject() ? decode(owed) : null));
            } catch (DateTimeException e) {
                throw new IllegalStateException("It has the time " + scope.getValue(), e);
            }
        });
        return Map.copyOf(positions);
    }

    private static ObjectNode encode(StreamGap gap) {
        return StateJson.MAPPER
                .createObjectNode()
                .put("from", gap.from().toString())
                .put("to", gap.to().toString())
                .put("reason", gap.reason())
                .put("attempts", gap.attempts());
    }

    private static StreamGap decode(JsonNode gap) {
        return new StreamGap(
                Instant.parse(gap.path("from").asText()),
                Instant.parse(gap.path("to").asText()),
                gap.path("reason").asText(),
                gap.path("attempts").asInt());
    }
}
