package io.github.camelgitpod.auditlog.reader;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgitpod.model.ShortKey;
import io.github.camelgitpod.state.StateJson;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ids of all entries delivered in a range before the watermark, 16 bytes each. What a sweep finds and the log does not
 * have was missed. The log is exact: with a Bloom filter, each false positive would be a lost entry.
 */
final class DeliveredLog {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveredLog.class);
    private static final int VERSION = 1;
    private static final int ID_BYTES = 16;
    /** So many ids more are worth a save of all of them, and so many at most wait for one: they take memory. */
    private static final int FEW = 1_000;

    private static final int MANY = 20_000;

    private final TreeMap<Instant, Set<UUID>> hours = new TreeMap<>();
    private Instant since;
    private Instant until;
    private boolean changed = true;

    private DeliveredLog(Instant since, Instant until) {
        this.since = since;
        this.until = until;
    }

    /** An empty log that is complete from the watermark on. */
    static DeliveredLog beginningAt(Instant watermark) {
        return new DeliveredLog(watermark, watermark);
    }

    /**
     * The log as it was saved. An empty one if it cannot be read, or if it ends before the watermark: entries after its end
     * were delivered and are not in it. Or if it begins after the watermark, by a clock that was wrong: it would stay empty.
     *
     * @param text null: none was saved
     */
    static DeliveredLog decode(String text, Instant watermark) {
        try {
            DeliveredLog log = text == null ? beginningAt(watermark) : decode(StateJson.MAPPER.readTree(text));
            return log.until.isBefore(watermark) || log.since.isAfter(watermark) ? beginningAt(watermark) : log;
        } catch (JsonProcessingException | IllegalArgumentException | BufferUnderflowException | DateTimeException e) {
            LOG.warn("The log of delivered ids cannot be read: sweeps begin anew at {}. {}", watermark, e.toString());
            return beginningAt(watermark);
        }
    }

    private static DeliveredLog decode(JsonNode root) {
        if (root.path("v").asInt() != VERSION) {
            throw new IllegalArgumentException("Its format version is " + root.path("v") + " and not " + VERSION);
        }
        DeliveredLog log = new DeliveredLog(
                Instant.parse(root.path("since").asText()),
                Instant.parse(root.path("until").asText()));
        for (Map.Entry<String, JsonNode> hour : root.path("hours").properties()) {
            ByteBuffer ids =
                    ByteBuffer.wrap(Base64.getDecoder().decode(hour.getValue().asText()));
            Set<UUID> set = log.hours.computeIfAbsent(Instant.parse(hour.getKey()), key -> new HashSet<>());
            while (ids.hasRemaining()) {
                set.add(new UUID(ids.getLong(), ids.getLong()));
            }
        }
        log.changed = false;
        return log;
    }

    String encode() {
        ObjectNode root = StateJson.MAPPER.createObjectNode().put("v", VERSION);
        root.put("since", since.toString()).put("until", until.toString());
        ObjectNode byHour = root.putObject("hours");
        hours.forEach((hour, ids) -> {
            ByteBuffer buffer = ByteBuffer.allocate(ids.size() * ID_BYTES);
            ids.forEach(id -> buffer.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()));
            byHour.put(hour.toString(), Base64.getEncoder().encodeToString(buffer.array()));
        });
        return StateJson.write(root);
    }

    /** How many ids more are worth a save: a part of those that it has, so that the costs of all saves grow as it does. */
    int worthSaving() {
        int size = hours.values().stream().mapToInt(Set::size).sum();
        return Math.max(FEW, Math.min(MANY, size / 4));
    }

    /** Whether it differs from what was saved last. */
    boolean hasChanged() {
        return changed;
    }

    /** A save has succeeded. */
    void saved() {
        changed = false;
    }

    /** The log is complete from this time on. */
    Instant since() {
        return since;
    }

    /** The entry was delivered; ignored if it is older than the log. */
    void add(String key, Instant createdAt) {
        if (!createdAt.isBefore(since)) {
            changed |= hours.computeIfAbsent(hour(createdAt), hour -> new HashSet<>())
                    .add(id(key));
        }
    }

    boolean contains(String key, Instant createdAt) {
        return hours.getOrDefault(hour(createdAt), Set.of()).contains(id(key));
    }

    /** The watermark has moved to this time; everything before it is in the log. */
    void advancedTo(Instant watermark) {
        if (watermark.isAfter(until)) {
            until = watermark;
            changed = true;
        }
    }

    /** Drops what is older than the bound, in whole hours: it is not swept any longer. */
    void dropBefore(Instant bound) {
        Instant first = hour(bound);
        if (first.isAfter(since)) {
            hours.headMap(first).clear();
            since = first;
            changed = true;
        }
    }

    private static Instant hour(Instant time) {
        return time.truncatedTo(ChronoUnit.HOURS);
    }

    private static UUID id(String key) {
        try {
            UUID id = UUID.fromString(key);
            // It takes other texts for the same one, too.
            if (id.toString().equals(key)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            LOG.trace("{} is no UUID", key);
        }
        // An unpaired surrogate has no encoding: what differs only there would be one.
        String name = StandardCharsets.UTF_8.newEncoder().canEncode(key) ? key : ShortKey.hash(key);
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
