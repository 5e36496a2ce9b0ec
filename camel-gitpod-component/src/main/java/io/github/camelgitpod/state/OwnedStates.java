package io.github.camelgitpod.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.camel.spi.StateRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The states of one organization at one address in a repository: each is written with its origin, and one of another origin
 * is told, and is as if it were not there. Safe for use by several threads.
 */
public final class OwnedStates implements StateRepository<String, String> {
    private static final Logger LOG = LoggerFactory.getLogger(OwnedStates.class);

    private final StateRepository<String, String> repository;
    private final Supplier<Origin> now;
    /** By key, as it was read or written last. */
    private final Map<String, Origin> origins = new ConcurrentHashMap<>();

    /**
     * @param repository started by the caller
     * @param now        whose data is read at this moment
     */
    public OwnedStates(StateRepository<String, String> repository, Supplier<Origin> now) {
        this.repository = repository;
        this.now = now;
    }

    @Override
    public String getState(String key) {
        String text = repository.getState(key);
        Origin stored = text == null ? Origin.UNKNOWN : origin(text);
        Origin current = now.get();
        if (stored.differsFrom(current)) {
            LOG.warn(
                    "The state {} is of {}, and what is read now is of {}: it is not used, and begins anew",
                    key,
                    stored,
                    current);
            origins.put(key, current);
            return null;
        }
        origins.put(key, current.or(stored));
        return text;
    }

    @Override
    public void setState(String key, String text) {
        Origin before = origins.getOrDefault(key, Origin.UNKNOWN);
        Origin current = now.get();
        if (before.differsFrom(current)) {
            LOG.warn(
                    "The access token was replaced: the state {} was of {}, and is of {} from now on. What the route was told"
                            + " of the first one is taken for the other's: restart the route",
                    key,
                    before,
                    current);
        }
        Origin origin = current.or(before);
        repository.setState(key, withOrigin(text, origin));
        origins.put(key, origin);
    }

    private static Origin origin(String text) {
        try {
            return StateJson.origin(StateJson.MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            // Whoever reads the state says so.
            return Origin.UNKNOWN;
        }
    }

    private static String withOrigin(String text, Origin origin) {
        try {
            JsonNode state = StateJson.MAPPER.readTree(text);
            if (state instanceof ObjectNode object) {
                StateJson.putOrigin(object, origin);
                return StateJson.MAPPER.writeValueAsString(object);
            }
            return text;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("It was written as JSON", e);
        }
    }

    @Override
    public void start() {
        // The caller starts the repository.
    }

    @Override
    public void stop() {
        // And stops it.
    }
}
