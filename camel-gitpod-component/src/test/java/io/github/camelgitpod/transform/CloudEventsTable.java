package io.github.camelgitpod.transform;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the table of CloudEvents 1.0.2 says against an event in the structured mode. */
final class CloudEventsTable {
    private static final JsonNode TABLE = TestMessages.resource("schemas/cloudevents-1.0.2.json");
    private static final Set<String> OWN = Set.of("kind", "organization", "synthetic");

    private final List<String> violations = new ArrayList<>();

    private CloudEventsTable() {}

    /** Empty: the event is valid. */
    static List<String> violations(JsonNode event) {
        CloudEventsTable check = new CloudEventsTable();
        event.properties().forEach(check::attribute);
        TABLE.path("attributes")
                .properties()
                .forEach(attribute -> check.require(
                        !attribute.getValue().path("required").asBoolean() || event.has(attribute.getKey()),
                        attribute.getKey() + " is missing"));
        check.require(event.path("specversion").asText().equals("1.0"), "specversion");
        check.require(!event.has("authid") || event.has("authtype"), "authid without authtype");
        check.require(event.path("data").isObject(), "the data is no JSON value");
        return check.violations;
    }

    private void attribute(Map.Entry<String, JsonNode> attribute) {
        String name = attribute.getKey();
        JsonNode value = attribute.getValue();
        if (name.equals("data")) {
            return;
        }
        require(name.matches(TABLE.at("/names/must").asText()), name + " is no name");
        require(name.length() <= TABLE.at("/names/should_max_length").asInt(), name + " is too long");
        JsonNode definition =
                List.of("/attributes/", "/extensions/documented_at_tag/", "/extensions/documented_on_main_only/")
                        .stream()
                        .map(part -> TABLE.at(part + name))
                        .filter(JsonNode::isObject)
                        .findFirst()
                        .orElse(null);
        if (definition == null) {
            require(OWN.contains(name), name + " is unknown");
            require(value.isBoolean() || isText(value), name + " is " + value);
            return;
        }
        require(isOfType(definition.path("type").asText(), value), name + " is " + value);
        require(
                definition.path("values").isEmpty()
                        || definition.path("values").valueStream().anyMatch(value::equals),
                name + " has no value " + value);
    }

    private static boolean isOfType(String type, JsonNode value) {
        return switch (type) {
            case "Timestamp" -> isText(value) && isTime(value.asText());
            case "URI-reference" -> isText(value) && URI.create(value.asText()).isAbsolute();
            default -> type.equals("String") && isText(value);
        };
    }

    private static boolean isTime(String text) {
        try {
            // Java reads nine digits of a second, RFC 3339 has no limit.
            return OffsetDateTime.parse(text.replaceFirst("(\\.\\d{9})\\d+", "$1")) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isText(JsonNode value) {
        return value.isTextual()
                && !value.asText().isEmpty()
                && value.asText()
                        .codePoints()
                        .noneMatch(c -> c < 0x20
                                || c >= 0x7F && c <= 0x9F
                                || c >= 0xFDD0 && c <= 0xFDEF
                                || c >= 0xD800 && c <= 0xDFFF
                                || c % 0x10000 >= 0xFFFE);
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            violations.add(otherwise);
        }
    }
}
