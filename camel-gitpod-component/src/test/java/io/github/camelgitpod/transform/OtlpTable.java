package io.github.camelgitpod.transform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the table of OpenTelemetry's logs says against a request. */
final class OtlpTable {
    private static final JsonNode TABLE = TestMessages.resource("schemas/otel-logs.json");

    private final List<String> violations = new ArrayList<>();

    private OtlpTable() {}

    /** Empty: the request is valid. */
    static List<String> violations(JsonNode request) {
        OtlpTable check = new OtlpTable();
        check.message("ExportLogsServiceRequest", request);
        return check.violations;
    }

    private void message(String type, JsonNode message) {
        if (type.equals("AnyValue")) {
            require(
                    message.size() == 1
                            && (message.path("stringValue").isTextual()
                                    || message.path("boolValue").isBoolean()),
                    "the value " + message);
            message.forEach(value -> require(!isUnpaired(value), "the value is no UTF-8: " + value));
            return;
        }
        for (Map.Entry<String, JsonNode> field : message.properties()) {
            String shape = TABLE.at("/shape/" + type + "/" + field.getKey()).asText();
            if (shape.endsWith("[]")) {
                require(field.getValue().isArray(), field.getKey() + " is no array");
                field.getValue().forEach(item -> message(shape.replace("[]", ""), item));
            } else if (TABLE.path("shape").has(shape)) {
                message(shape, field.getValue());
            } else {
                scalar(field.getKey(), field.getValue(), shape);
            }
            if (field.getKey().equals("attributes")) {
                attributes(field.getValue(), type.equals("Resource"));
            }
        }
    }

    private void scalar(String name, JsonNode value, String shape) {
        switch (shape) {
            case "fixed64" -> require(value.isTextual() && value.asText().matches("\\d{1,20}"), name + ": " + value);
            case "enum 0..24" ->
                require(value.isInt() && value.asInt() >= 0 && value.asInt() <= 24, name + ": " + value);
            case "string" -> require(value.isTextual() && !isUnpaired(value), name + ": " + value);
            default -> violations.add(name + " is unknown");
        }
    }

    private void attributes(JsonNode attributes, boolean ofResource) {
        JsonNode known = TABLE.path(ofResource ? "resource_attributes" : "attributes");
        Set<String> keys = new HashSet<>();
        for (JsonNode attribute : attributes) {
            String key = attribute.path("key").asText();
            require(keys.add(key), key + " is there twice");
            require(key.startsWith("gitpod.") || known.has(key), key + " is unknown");
            require(!known.path(key).path("deprecated").asBoolean(), key + " is deprecated");
            require(!known.path(key).has("marked"), key + " is sensitive");
        }
        keys.forEach(key -> require(
                keys.stream().noneMatch(other -> other.startsWith(key + ".")), key + " is the beginning of another"));
    }

    private static boolean isUnpaired(JsonNode text) {
        return text.asText().codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            violations.add(otherwise);
        }
    }
}
