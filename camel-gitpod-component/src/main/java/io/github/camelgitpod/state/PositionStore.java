package io.github.camelgitpod.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
 * that fails stops nothing: what is too old then makes a gap longer. Used by one thread at a time.
 */
public final class PositionStore {
    private static final Logger LOG = LoggerFactory.getLogger(PositionStore.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int VERSION = 1;

    private final StateRepository<String, String> repository;
    private final String key;
    private Map<String, Instant> saved = Map.of();
    private boolean failureTold;

    /**
     * @param repository started by the caller
     * @param key        under which it is kept
     */
    public PositionStore(StateRepository<String, String> repository, String key) {
        this.repository = repository;
        this.key = key;
    }

    /** By scope, until when the stream was delivered; without a scope of which nothing is known. */
    public Map<String, Instant> load() {
        try {
            String text = repository.getState(key);
            saved = text == null ? Map.of() : decode(text);
        } catch (RuntimeException | JsonProcessingException e) {
            LOG.warn(
                    "What was missed since the last run is not known: the state {} cannot be read. {}",
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
        ObjectNode json = MAPPER.createObjectNode().put("version", VERSION);
        ObjectNode byScope = json.putObject("deliveredUpTo");
        new TreeMap<>(positions).forEach((scope, time) -> byScope.put(scope, time.toString()));
        try {
            repository.setState(key, json.toString());
            saved = Map.copyOf(positions);
            failureTold = false;
        } catch (RuntimeException e) {
            if (!failureTold) {
                LOG.warn(
                        "The state {} cannot be saved: the gap of a restart would be told as a longer one. {}",
                        key,
                        e.toString());
            }
            failureTold = true;
        }
    }

    private static Map<String, Instant> decode(String text) throws JsonProcessingException {
        JsonNode json = MAPPER.readTree(text);
        if (json.path("version").asInt() != VERSION) {
            throw new IllegalStateException("it is of an unknown version");
        }
        Map<String, Instant> positions = new TreeMap<>();
        json.path("deliveredUpTo").properties().forEach(scope -> {
            try {
                positions.put(scope.getKey(), Instant.parse(scope.getValue().asText()));
            } catch (DateTimeException e) {
                throw new IllegalStateException("it has the time " + scope.getValue(), e);
            }
        });
        return Map.copyOf(positions);
    }
}
