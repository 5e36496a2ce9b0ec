package io.github.camelgitpod.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Field names that are not Unicode. An id may have an unpaired surrogate, which Jackson writes in a name and, from 2.21 on, does
 * not read. In its place stands U+FFFF, which is no character, with the surrogate's four digits.
 */
final class FieldNames {
    private static final char MARK = '\uffff';
    private static final Pattern MARKED = Pattern.compile(MARK + "([0-9a-f]{4})");

    private FieldNames() {}

    /** The object as it can be written. */
    static JsonNode encoded(JsonNode object) {
        return renamed(object, FieldNames::encode);
    }

    /** The object as it was before {@link #encoded}. */
    static JsonNode decoded(JsonNode object) {
        return renamed(object, FieldNames::decode);
    }

    /** The same node where no name changes, which is nearly always so. */
    private static JsonNode renamed(JsonNode node, UnaryOperator<String> rename) {
        return node.isArray() ? renamedArray(node, rename) : renamedObject(node, rename);
    }

    private static JsonNode renamedArray(JsonNode array, UnaryOperator<String> rename) {
        ArrayNode copy = StateJson.MAPPER.createArrayNode();
        boolean same = true;
        for (JsonNode element : array) {
            JsonNode renamed = renamed(element, rename);
            copy.add(renamed);
            same &= renamed == element;
        }
        return same ? array : copy;
    }

    private static JsonNode renamedObject(JsonNode node, UnaryOperator<String> rename) {
        if (isSame(node, rename)) {
            return node;
        }
        ObjectNode copy = StateJson.MAPPER.createObjectNode();
        node.properties().forEach(field -> copy.set(rename.apply(field.getKey()), renamed(field.getValue(), rename)));
        return copy;
    }

    private static boolean isSame(JsonNode node, UnaryOperator<String> rename) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!rename.apply(field.getKey()).equals(field.getKey())
                    || renamed(field.getValue(), rename) != field.getValue()) {
                return false;
            }
        }
        return true;
    }

    private static String encode(String name) {
        if (!needsCodes(name)) {
            return name;
        }
        StringBuilder encoded = new StringBuilder();
        name.codePoints().forEach(c -> {
            boolean unpaired = c <= MARK && Character.isSurrogate((char) c);
            if (unpaired || c == MARK) {
                encoded.append(MARK).append("%04x".formatted(c));
            } else {
                encoded.appendCodePoint(c);
            }
        });
        return encoded.toString();
    }

    private static boolean needsCodes(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) == MARK || Character.isSurrogate(name.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static String decode(String name) {
        return name.indexOf(MARK) < 0
                ? name
                : MARKED.matcher(name).replaceAll(code -> String.valueOf((char) Integer.parseInt(code.group(1), 16)));
    }
}
