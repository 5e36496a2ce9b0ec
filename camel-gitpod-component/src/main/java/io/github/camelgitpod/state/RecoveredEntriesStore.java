package io.github.camelgitpod.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgitpod.client.TimeRange;
import io.github.camelgitpod.model.ShortKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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
    private static final int MANY = 2_000;

    private final StateRepository<String, String> repository;
    private final TolerantSaves saves;
    private final String key;

    /**
     * @param repository started by the caller
     * @param key        under which they are kept
     */
    public RecoveredEntriesStore(StateRepository<String, String> repository, String key) {
        this.repository = repository;
        this.saves = new TolerantSaves(repository, "after a restart entries may come twice");
        this.key = key;
    }

    /** What was saved last, as far as it can be read. */
    public RecoveredEntries load() {
        List<TimeRange> unread = new ArrayList<>();
        List<TimeRange> again = new ArrayList<>();
        Map<String, Instant> delivered = new HashMap<>();
        try {
            String stored = repository.getState(key);
            if (stored != null) {
                JsonNode root = StateJson.parse("recovered entries", key, stored);
                root.path("unread").forEach(range -> unread.add(decode(range)));
                root.path("again").forEach(range -> again.add(decode(range)));
                root.path("delivered")
                        .properties()
                        .forEach(entry -> delivered.put(
                                // Earlier versions stored long ones, too.
                                ShortKey.of(entry.getKey()),
                                Instant.parse(entry.getValue().asText())));
            }
        } catch (JsonProcessingException | RuntimeException e) {
            LOG.warn("The state {} cannot be read: entries that were recovered may come twice. {}", key, e.toString());
        }
        return new RecoveredEntries(unread, again, delivered);
    }

    /**
     * Saves them. Of more than 2,000 ids, those of the oldest entries are left out, and the time before the others is not read
     * again after a restart.
     */
    public void save(RecoveredEntries entries) {
        Instant since = sinceWhen(entries.delivered().values());
        ObjectNode root = StateJson.create();
        entries.unread().forEach(range -> encode(root.withArray("unread"), range));
        entries.again().stream()
                .filter(range -> since.isBefore(range.to()))
                .forEach(range -> encode(root.withArray("again"), range.since(since)));
        ObjectNode delivered = root.putObject("delivered");
        entries.delivered().forEach((id, createdAt) -> {
            if (!createdAt.isBefore(since)) {
                delivered.put(id, createdAt.toString());
            }
        });
        saves.save(key, root);
    }

    private static Instant sinceWhen(Collection<Instant> delivered) {
        return delivered.size() <= MANY
                ? Instant.MIN
                : delivered.stream()
                        .sorted()
                        .skip(delivered.size() - MANY)
                        .findFirst()
                        .orElseThrow();
    }

    private static TimeRange decode(JsonNode range) {
        return new TimeRange(
                Instant.parse(range.path(0).asText()),
                Instant.parse(range.path(1).asText()));
    }

    private static void encode(ArrayNode ranges, TimeRange range) {
        ranges.addArray().add(range.from().toString()).add(range.to().toString());
    }
}
