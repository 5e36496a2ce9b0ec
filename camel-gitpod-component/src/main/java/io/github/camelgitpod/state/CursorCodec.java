package io.github.camelgitpod.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.model.ShortKey;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@link CursorState} as JSON. */
final class CursorCodec {
    /** Of a cursor that has parts. One without is of the first version, which earlier components can read. */
    static final int WITH_PARTS = 2;

    private static final String SEEN = "seen";
    private static final String PARTS = "parts";

    private CursorCodec() {}

    /**
     * A stored cursor.
     *
     * @param state      what is in its parts is not in it yet
     * @param generation how often it was saved, this time included
     * @param parts      the parts that belong to it: their names by their slots
     */
    record Saved(CursorState state, long generation, Map<Integer, String> parts) {}

    /**
     * @param savedAt    for people
     * @param owner      who saves, for people
     * @param generation counts the saves
     */
    static String encode(CursorState state, Instant savedAt, String owner, long generation) {
        List<DeliveredIds.Part> parts = state.delivered().parts();
        ObjectNode root = parts.isEmpty() ? StateJson.create() : StateJson.create(WITH_PARTS);
        root.put("L", state.watermark().toString());
        putSeen(root, state.delivered().loose());
        parts.forEach(part ->
                root.withArray(PARTS).addObject().put("slot", part.slot()).put("name", part.name()));
        ObjectNode filter = encode(state.filter());
        byte[] text = filter.toString().getBytes(StandardCharsets.UTF_8);
        root.put("filterHash", UUID.nameUUIDFromBytes(text).toString()).set("filter", filter);
        root.put("capability", state.server());
        StateJson.putOrigin(root, state.origin());
        if (state.coverage() != null) {
            root.set("coverage", CoverageCodec.encode(state.coverage()));
        }
        root.put("savedAt", savedAt.toString()).put("owner", owner).put("generation", generation);
        return StateJson.write(root);
    }

    /** @throws IllegalStateException when the text is not such a state: to begin anew would lose entries silently */
    static Saved decode(String key, String text) {
        try {
            JsonNode root = StateJson.parse("cursor", key, text, WITH_PARTS);
            Map<Integer, String> parts = new LinkedHashMap<>();
            root.path(PARTS)
                    .forEach(part -> parts.put(
                            part.path("slot").asInt(), part.path("name").asText()));
            CursorState state = new CursorState(
                    Instant.parse(root.path("L").asText()),
                    DeliveredIds.of(seen(root)),
                    decodeFilter(root.path("filter")),
                    root.path("capability").asText(null),
                    StateJson.origin(root),
                    CoverageCodec.decode(root.path("coverage")));
            return new Saved(state, root.path("generation").asLong(), parts);
        } catch (JsonProcessingException | DateTimeException e) {
            throw new IllegalStateException(
                    "The cursor stored under " + key + " cannot be read: repair it, or remove it to begin anew", e);
        }
    }

    /**
     * A part of what a cursor remembers.
     *
     * @param name what the cursor calls it
     */
    static String encodePart(String name, Map<String, Instant> content) {
        ObjectNode root = StateJson.create(WITH_PARTS).put("name", name);
        putSeen(root, content);
        return StateJson.write(root);
    }

    /**
     * What a stored part has; empty when it is another one than that of this name.
     *
     * @param text null: there is none
     */
    static Optional<Map<String, Instant>> decodePart(String key, String name, String text) {
        try {
            JsonNode root = text == null ? StateJson.create() : StateJson.parse("part", key, text, WITH_PARTS);
            return root.path("name").asText().equals(name) ? Optional.of(seen(root)) : Optional.empty();
        } catch (JsonProcessingException | DateTimeException e) {
            throw new IllegalStateException(
                    "The part of a cursor stored under " + key + " cannot be read: repair it, or remove it", e);
        }
    }

    private static void putSeen(ObjectNode root, Map<String, Instant> delivered) {
        ObjectNode seen = root.putObject(SEEN);
        delivered.forEach((id, createdAt) -> seen.put(id, createdAt.toString()));
    }

    private static Map<String, Instant> seen(JsonNode root) {
        Map<String, Instant> delivered = new HashMap<>();
        root.path(SEEN)
                .properties()
                .forEach(seen -> delivered.put(
                        // Earlier versions stored long ones, too.
                        ShortKey.of(seen.getKey()),
                        Instant.parse(seen.getValue().asText())));
        return delivered;
    }

    private static ObjectNode encode(AuditLogFilter filter) {
        ObjectNode node = StateJson.MAPPER.createObjectNode();
        putAll(node, "actorIds", filter.actorIds());
        putAll(node, "actorPrincipals", filter.actorPrincipals());
        putAll(node, "subjectIds", filter.subjectIds());
        putAll(node, "subjectTypes", filter.subjectTypes());
        if (!filter.kinds().isEmpty()) {
            putAll(node, "kinds", filter.kinds());
        }
        return node;
    }

    private static void putAll(ObjectNode node, String field, List<String> values) {
        values.forEach(node.putArray(field)::add);
    }

    private static AuditLogFilter decodeFilter(JsonNode node) {
        return new AuditLogFilter(
                texts(node.path("actorIds")),
                texts(node.path("actorPrincipals")),
                texts(node.path("subjectIds")),
                texts(node.path("subjectTypes")),
                texts(node.path("kinds")));
    }

    private static List<String> texts(JsonNode array) {
        List<String> values = new ArrayList<>();
        array.forEach(value -> values.add(value.asText()));
        return values;
    }
}
