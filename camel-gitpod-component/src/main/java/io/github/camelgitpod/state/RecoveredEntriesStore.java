package io.github.camelgitpod.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgitpod.state.RecoveredEntries.Range;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.spi.StateRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@link RecoveredEntries}. A repository that fails stops nothing: entries may come twice after a restart then.
 */
public final class RecoveredEntriesStore {
    private static final Logger LOG = LoggerFactory.getLogger(RecoveredEntriesStore.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final StateRepository<String, String> repository;
    private final String key;
    private boolean failureTold;

    /**
     * @param repository started by the caller
     * @param key        under which they are kept
     */
    public RecoveredEntriesStore(StateRepository<String, String> repository, String key) {
        this.repository = repository;
        this.key = key;
    }

    /** What was saved last; without anything when there is nothing that can be read. */
    public RecoveredEntries load() {
        List<Range> ranges = new ArrayList<>();
        Map<String, Instant> delivered = new HashMap<>();
        try {
            String stored = repository.getState(key);
            if (stored != null) {
                JsonNode root = MAPPER.readTree(stored);
                root.path("ranges")
                        .forEach(range -> ranges.add(new Range(
                                Instant.parse(range.path(0).asText()),
                                Instant.parse(range.path(1).asText()))));
                root.path("delivered")
                        .properties()
                        .forEach(entry -> delivered.put(
                                entry.getKey(), Instant.parse(entry.getValue().asText())));
            }
        } catch (JsonProcessingException | RuntimeException e) {
            LOG.warn("The entries stored under {} cannot be read: some may come twice", key, e);
        }
        return new RecoveredEntries(ranges, delivered);
    }

    /** Saves them. */
    public void save(RecoveredEntries entries) {
        ObjectNode root = MAPPER.createObjectNode();
        ArrayNode ranges = root.putArray("ranges");
        entries.ranges().forEach(range -> ranges.addArray()
                .add(range.from().toString())
                .add(range.to().toString()));
        ObjectNode delivered = root.putObject("delivered");
        entries.delivered().forEach((id, createdAt) -> delivered.put(id, createdAt.toString()));
        try {
            repository.setState(key, root.toString());
            failureTold = false;
        } catch (RuntimeException e) {
            if (!failureTold) {
                failureTold = true;
                LOG.warn("Which entries were recovered cannot be saved under {}", key, e);
            }
        }
    }
}
