package io.github.camelgitpod.state;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The texts of stored states: JSON objects that tell the version of their format. Fields that this version does not know are
 * ignored. Whatever is written can be read: ids come from the server, and may be anything.
 */
public final class StateJson {
    /**
     * Without bounds, since a text is as long as what it has to hold, and without a table of field names, which refuses names
     * that collide. In ASCII only: an unpaired surrogate has no encoding, and some databases refuse other characters.
     */
    public static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build());
    /** Where a text has the version. */
    static final String VERSION_FIELD = "v";
    /** Where the positions of event streams have it. */
    static final String POSITIONS_VERSION_FIELD = "version";

    static final int VERSION = 1;

    private static final String ADDRESS = "baseUrl";
    private static final String ORGANIZATION = "organization";

    private StateJson() {}

    /** Says whose data a state is about. */
    static void putOrigin(ObjectNode state, Origin origin) {
        if (origin.address() != null) {
            state.put(ADDRESS, origin.address());
        }
        if (origin.organization() != null) {
            state.put(ORGANIZATION, origin.organization());
        }
    }

    /** Whose data it is about, as far as it says. */
    static Origin origin(JsonNode state) {
        return new Origin(
                state.path(ADDRESS).asText(null), state.path(ORGANIZATION).asText(null));
    }

    /** A new object of this version, without anything else. */
    static ObjectNode create() {
        return create(VERSION);
    }

    /** A new object of a version, without anything else. */
    static ObjectNode create(int version) {
        return MAPPER.createObjectNode().put(VERSION_FIELD, version);
    }

    /** The text to store. */
    public static String write(ObjectNode state) {
        try {
            return MAPPER.writeValueAsString(FieldNames.encoded(state));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A state could not be written as JSON", e);
        }
    }

    /**
     * A stored object.
     *
     * @param what names it in messages, such as {@code cursor}
     * @throws JsonProcessingException when the text is not JSON
     * @throws IllegalStateException   when it is not an object, or one of another version
     */
    static JsonNode parse(String what, String key, String text) throws JsonProcessingException {
        return parse(what, key, text, VERSION);
    }

    /**
     * The same, of whatever version up to this one.
     *
     * @param newest known
     */
    static JsonNode parse(String what, String key, String text, int newest) throws JsonProcessingException {
        JsonNode root = FieldNames.decoded(MAPPER.readTree(text));
        if (!root.isObject()) {
            throw new IllegalStateException("The " + what + " stored under " + key + " is not a JSON object");
        }
        // Some texts of the first version were written without it.
        JsonNode version = root.path(root.has(VERSION_FIELD) ? VERSION_FIELD : POSITIONS_VERSION_FIELD);
        if (!version.isMissingNode() && (version.asInt() < VERSION || version.asInt() > newest)) {
            throw new LaterFormatException(what + " stored under " + key, version.asText(), newest);
        }
        return root;
    }
}
