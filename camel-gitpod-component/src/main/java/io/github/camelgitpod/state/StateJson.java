package io.github.camelgitpod.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The texts of stored states: JSON objects that tell the version of their format. Fields that this version does not know are
 * ignored.
 */
final class StateJson {
    static final ObjectMapper MAPPER = new ObjectMapper();
    /** Where a text has the version. */
    static final String VERSION_FIELD = "v";
    /** Where the positions of event streams have it. */
    static final String POSITIONS_VERSION_FIELD = "version";

    static final int VERSION = 1;

    private StateJson() {}

    /** A new object of this version, without anything else. */
    static ObjectNode create() {
        return MAPPER.createObjectNode().put(VERSION_FIELD, VERSION);
    }

    /**
     * A stored object.
     *
     * @param what names it in messages, such as {@code cursor}
     * @throws JsonProcessingException when the text is not JSON
     * @throws IllegalStateException   when it is not an object, or one of another version
     */
    static JsonNode parse(String what, String key, String text) throws JsonProcessingException {
        JsonNode root = MAPPER.readTree(text);
        if (!root.isObject()) {
            throw new IllegalStateException("The " + what + " stored under " + key + " is not a JSON object");
        }
        // Some texts of the first version were written without it.
        JsonNode version = root.path(root.has(VERSION_FIELD) ? VERSION_FIELD : POSITIONS_VERSION_FIELD);
        if (!version.isMissingNode() && version.asInt() != VERSION) {
            throw new IllegalStateException(
                    "The " + what + " stored under " + key + " has the format version " + version.asText()
                            + ", this component knows " + VERSION
                            + ": use the version of the component that wrote it, or remove it to begin anew");
        }
        return root;
    }
}
