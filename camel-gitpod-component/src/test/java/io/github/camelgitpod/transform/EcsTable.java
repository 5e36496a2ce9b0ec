package io.github.camelgitpod.transform;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the table of ECS 9.4.0 says against a document. */
final class EcsTable {
    private static final JsonNode TABLE = TestMessages.resource("schemas/ecs-9.4.0.json");
    private static final JsonNode FIELDS = TABLE.path("fields");

    private static final List<String> REQUIRED = FIELDS.properties().stream()
            .filter(field -> field.getValue().asText().contains("required"))
            .map(Map.Entry::getKey)
            .toList();

    private final JsonNode document;
    private final List<String> violations = new ArrayList<>();

    private EcsTable(JsonNode document) {
        this.document = document;
    }

    /** Empty: the document is valid. */
    static List<String> violations(JsonNode document) {
        EcsTable check = new EcsTable(document);
        check.members("", document);
        check.requiredFields();
        check.categories();
        return check.violations;
    }

    private void members(String prefix, JsonNode object) {
        require(!object.isEmpty(), prefix + " is empty");
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String name = prefix + member.getKey();
            require(!member.getKey().contains(".") || prefix.isEmpty(), name + " has a dot");
            if (name.equals("gitpod")) {
                own(member.getValue());
            } else if (member.getValue().isObject()) {
                members(name + ".", member.getValue());
            } else {
                field(name, member.getValue());
            }
        }
    }

    /** Texts below one object of our own. */
    private void own(JsonNode object) {
        require(object.size() == 1 && object.path("audit").isObject(), "gitpod." + object.fieldNames());
        object.path("audit").forEach(value -> require(value.isTextual(), "gitpod.audit has " + value));
    }

    private void field(String name, JsonNode value) {
        Set<String> words = Set.of(FIELDS.path(name).asText().split(" "));
        if (!FIELDS.has(name)) {
            violations.add(name + " is no field");
            return;
        }
        require(!words.contains("beta"), name + " is beta");
        require(words.contains("array") == value.isArray(), name + (value.isArray() ? " is an" : " is no") + " array");
        for (JsonNode item : value.isArray() ? value : List.of(value)) {
            String type = FIELDS.path(name).asText().split(" ")[0];
            require(isOfType(type, item), name + " is no " + type + ": " + item);
        }
        JsonNode allowed = TABLE.path(name);
        if (allowed.isArray()) {
            value.forEach(item -> require(contains(allowed, item), name + " has no value " + item));
            require(value.isArray() || contains(allowed, value), name + " has no value " + value);
            require(!contains(TABLE.path("reserved").path(name), value), name + " reserves " + value);
        }
    }

    private static boolean isOfType(String type, JsonNode value) {
        return switch (type) {
            case "keyword", "match_only_text", "wildcard" ->
                value.isTextual() && !value.asText().isEmpty();
            case "long" -> value.isIntegralNumber() && value.canConvertToLong();
            case "date" -> isDate(value.asText());
            default -> false;
        };
    }

    /** As an index reads it: upper case, nine digits of a second at most. */
    private static boolean isDate(String text) {
        try {
            return OffsetDateTime.parse(text) != null && text.equals(text.toUpperCase(Locale.ROOT));
        } catch (DateTimeException e) {
            return false;
        }
    }

    private void requiredFields() {
        REQUIRED.forEach(
                name -> require(!document.at("/" + name.replace('.', '/')).isMissingNode(), name + " is missing"));
    }

    private void categories() {
        JsonNode categories = document.at("/event/category");
        JsonNode expected = TABLE.path("event.category");
        categories.forEach(
                category -> require(expected.has(category.asText()), "event.category has no value " + category));
        document.at("/event/type")
                .forEach(type -> require(
                        categories.valueStream().anyMatch(category -> contains(expected.path(category.asText()), type)),
                        "event.type " + type + " is not expected by " + categories));
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        return values.valueStream().anyMatch(value::equals);
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            violations.add(otherwise);
        }
    }
}
