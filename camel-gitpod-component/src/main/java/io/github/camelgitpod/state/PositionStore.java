package io.github.camelgitpod.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.spi.StateRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps until when event streams have been delivered, by scope, so that a new process knows what it missed. A repository
 * that fails stops nothing: a position that is too old only makes a gap longer. Used by one thread at a time.
 */
public final class PositionStore {
    private static final Logger LOG = LoggerFactory.getLogger(PositionStore.class);

    private final StateRepository<String, String> repository;
    private final TolerantSaves saves;
    private final String key;
    private Map<String, Instant> saved = Map.of();

    /**
     * @param repository started by the caller
     * @param key        under which it is kept
     */
    public PositionStore(StateRepository<String, String> repository, String key) {
        this.repository = repository;
        this.saves = new TolerantSaves(repository, "the gap of a restart would be told as a longer one");
        this.key = key;
    }

    /** By scope, until when the stream was delivered; scopes of which nothing is known are missing. */
    public Map<String, Instant> load() {
        try {
            String text = repository.getState(key);
            saved = text == null ? Map.of() : decode(text);
        } catch (RuntimeException | JsonProcessingException e) {
            LOG.warn(
                    "The state {} cannot be read: what was missed since the last run is not known. {}",
                    key,
                    e.toString());
        }
        return saved;
    }

    /** Saves the positions if they have changed. */
    public void save(Map<String, Instant> positions) {
        if (positions.equals(saved)) {
            return;
        }
        ObjectNode json = StateJson.MAPPER.createObjectNode().put(StateJson.POSITIONS_VERSION_FIELD, StateJson.VERSION);
        ObjectNode byScope = json.putObject("deliveredUpTo");
        new TreeMap<>(positions).forEach((scope, time) -> byScope.put(scope, time.toString()));
        if (saves.save(key, json)) {
            saved = Map.copyOf(positions);
        }
    }

    private Map<String, Instant> decode(String text) throws JsonProcessingException {
        JsonNode json = StateJson.parse("positions", key, text);
        Map<String, Instant> positions = new TreeMap<>();
        json.path("deliveredUpTo").properties().forEach(scope -> {
            try {
                positions.put(scope.getKey(), Instant.parse(scope.getValue().asText()));
            } catch (DateTimeException e) {
                throw new IllegalStateException("It has the time " + scope.getValue(), e);
            }
        });
        return Map.copyOf(positions);
    }
}
