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
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@link CursorState} as JSON. */
final class CursorCodec {
    private CursorCodec() {}

    /** @param generation how often it was saved, this time included */
    record Saved(CursorState state, long generation) {}

    /**
     * @param savedAt    for people
     * @param owner      who saves, for people
     * @param generation counts the saves
     */
    static String encode(CursorState state, Instant savedAt, String owner, long generation) {
        ObjectNode root = StateJson.create();
        root.put("L", state.watermark().toString());
        ObjectNode seen = root.putObject("seen");
        state.delivered().forEach((id, createdAt) -> seen.put(id, createdAt.toString()));
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
            JsonNode root = StateJson.parse("cursor", key, text);
            Map<String, Instant> delivered = new HashMap<>();
            root.path("seen")
                    .properties()
                    .forEach(seen -> delivered.put(
                            // Earlier versions stored long ones, too.
                            ShortKey.of(seen.getKey()),
                            Instant.parse(seen.getValue().asText())));
            CursorState state = new CursorState(
                    Instant.parse(root.path("L").asText()),
                    delivered,
                    decodeFilter(root.path("filter")),
                    root.path("capability").asText(null),
                    StateJson.origin(root),
                    CoverageCodec.decode(root.path("coverage")));
            return new Saved(state, root.path("generation").asLong());
        } catch (JsonProcessingException | DateTimeException e) {
            throw new IllegalStateException(
                    "The cursor stored under " + key + " cannot be read: repair it, or remove it to begin anew", e);
        }
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
