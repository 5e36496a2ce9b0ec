package io.github.camelgitpod.transform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the table of OCSF 1.8.0 says against an event. */
final class OcsfTable {
    private static final JsonNode TABLE = TestMessages.resource("schemas/ocsf-1.8.0.json");

    private final Set<String> profiles = new HashSet<>();
    private final List<String> violations = new ArrayList<>();

    private OcsfTable() {}

    /** Empty: the event is valid. */
    static List<String> violations(JsonNode event) {
        OcsfTable check = new OcsfTable();
        check.event(event);
        return check.violations;
    }

    private void event(JsonNode event) {
        event.at("/metadata/profiles").forEach(profile -> profiles.add(profile.asText()));
        for (JsonNode type : TABLE.path("classes")) {
            if (type.path("uid").equals(event.path("class_uid"))) {
                object("event", event, type, TABLE.path("common"));
                typeUid(event, type);
                return;
            }
        }
        violations.add("class_uid " + event.path("class_uid"));
    }

    private void typeUid(JsonNode event, JsonNode type) {
        int activity = event.path("activity_id").asInt();
        long uid = event.path("class_uid").asLong() * 100 + activity;
        String caption = type.at("/attributes/activity_id/enum/" + activity).asText();
        require(event.path("type_uid").asLong() == uid, "type_uid is not " + uid);
        require(
                event.path("type_name").asText().equals(type.path("caption").asText() + ": " + caption),
                "type_name " + event.path("type_name"));
    }

    private void object(String path, JsonNode object, JsonNode type, JsonNode common) {
        require(object.isObject(), path + " is no object");
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            JsonNode attribute = attribute(type, common, member.getKey());
            String name = path + "." + member.getKey();
            if (attribute.isMissingNode()) {
                violations.add(name + " is not defined");
            } else if (!exists(attribute)) {
                violations.add(name + " is of a profile that is not listed");
            } else {
                attribute(name, member.getValue(), attribute, object);
            }
        }
        List.of(type.path("attributes"), common).forEach(attributes -> attributes
                .properties()
                .forEach(attribute -> require(
                        !isRequired(attribute.getValue()) || object.has(attribute.getKey()),
                        path + "." + attribute.getKey() + " is missing")));
        JsonNode oneOf = type.at("/constraints/at_least_one");
        require(
                oneOf.isMissingNode() || oneOf.valueStream().anyMatch(name -> object.has(name.asText())),
                path + " has none of " + oneOf);
    }

    private static JsonNode attribute(JsonNode type, JsonNode common, String name) {
        JsonNode own = type.path("attributes").path(name);
        return own.isMissingNode() ? common.path(name) : own;
    }

    private boolean exists(JsonNode attribute) {
        return !attribute.has("profiles")
                || attribute.path("profiles").valueStream().anyMatch(profile -> profiles.contains(profile.asText()));
    }

    private boolean isRequired(JsonNode attribute) {
        return attribute.path("req").asText().equals("required") && exists(attribute);
    }

    private void attribute(String path, JsonNode value, JsonNode attribute, JsonNode parent) {
        if (attribute.path("array").asBoolean()) {
            require(value.isArray(), path + " is no array");
            value.forEach(item -> single(path, item, attribute, parent));
        } else {
            single(path, value, attribute, parent);
        }
    }

    private void single(String path, JsonNode value, JsonNode attribute, JsonNode parent) {
        String type = attribute.path("type").asText();
        if (attribute.path("object").asBoolean()) {
            if (!type.equals("object")) {
                JsonNode object = TABLE.path("objects").path(type);
                require(!object.isMissingNode(), path + " is of a type that is not used");
                object(path, value, object, TABLE.path("none"));
            }
            return;
        }
        scalar(path, value, type);
        if (attribute.has("enum")) {
            require(attribute.path("enum").has(value.asText()), path + " has no value " + value);
            sibling(path, value, attribute, parent);
        }
    }

    private void sibling(String path, JsonNode value, JsonNode attribute, JsonNode parent) {
        String name = attribute.path("sibling").asText();
        String caption = attribute.path("enum").path(value.asText()).asText();
        if (value.asInt() == 99) {
            require(
                    parent.has(name) && !parent.path(name).asText().equals(caption),
                    path + " is 99 without the source's value in " + name);
        } else if (parent.has(name)) {
            require(
                    parent.path(name).asText().equals(caption),
                    path + " is " + caption + ", but " + name + " is " + parent.path(name));
        }
    }

    private void scalar(String path, JsonNode value, String type) {
        JsonNode definition = TABLE.path("types").path(type);
        require(!definition.isMissingNode(), path + " has the unknown type " + type);
        String base = definition.path("base").asText(type);
        switch (base) {
            case "integer_t", "long_t" ->
                require(value.isIntegralNumber() && value.canConvertToLong(), path + " is no integer: " + value);
            case "boolean_t" -> require(value.isBoolean(), path + " is no boolean");
            case "string_t" -> {
                require(value.isTextual() && !value.asText().isEmpty(), path + " is no text: " + value);
                require(
                        !definition.has("regex")
                                || value.asText()
                                        .matches(definition.path("regex").asText()),
                        path + " is no " + type + ": " + value);
            }
            default -> require(base.equals("json_t"), path + " has the unexpected type " + base);
        }
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            violations.add(otherwise);
        }
    }
}
