package io.github.camelgitpod.simulator.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A request message, or a part of one, read as strictly as a current server does: unknown fields, wrong types, unknown
 * enum values and too many values are refused with a message that names the field. JSON null is an absent field.
 */
public final class RequestMessage {

    /** How many values a filter takes. */
    public static final int MAX_FILTER_VALUES = 25;

    private static final Pattern SNAKE = Pattern.compile("(?<=[a-z])_([a-z])");

    private final ObjectNode node;
    private final String path;

    private RequestMessage(ObjectNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /**
     * Reads a request's body.
     *
     * @param body its text
     * @param fields the fields that the message has
     * @return the message
     * @throws ConnectException 400 if it is not a JSON object or has other fields
     */
    public static RequestMessage parse(String body, Set<String> fields) {
        JsonNode read;
        try {
            read = Json.read(body);
        } catch (IllegalArgumentException e) {
            throw ConnectException.invalid("unmarshal message: " + e.getMessage());
        }
        if (!(read instanceof ObjectNode object)) {
            throw ConnectException.invalid("unmarshal message: a JSON object is expected");
        }
        return new RequestMessage(camelCase(object, fields), "").only(fields);
    }

    /**
     * A message inside this one.
     *
     * @param name its field
     * @param fields the fields that it has
     * @return the message; one without any field if it is absent
     */
    public RequestMessage message(String name, Set<String> fields) {
        JsonNode value = value(name);
        if (value == null) {
            return new RequestMessage(Json.object(), path(name));
        }
        return of(value, path(name), fields);
    }

    /**
     * A list of messages inside this one.
     *
     * @param name the field
     * @param fields the fields that each of them has
     * @return the messages, none if it is absent
     */
    public List<RequestMessage> messages(String name, Set<String> fields) {
        List<RequestMessage> messages = new ArrayList<>();
        for (JsonNode element : array(name)) {
            messages.add(of(element, path(name), fields));
        }
        return messages;
    }

    /**
     * Whether a field is present.
     *
     * @param name the field
     * @return false for null, too
     */
    public boolean has(String name) {
        return value(name) != null;
    }

    /**
     * A text.
     *
     * @param name the field
     * @return empty if it is absent
     */
    public String text(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return "";
        }
        return textOf(value, name);
    }

    /**
     * A truth value.
     *
     * @param name the field
     * @return false if it is absent
     */
    public boolean flag(String name) {
        JsonNode value = value(name);
        if (value != null && !value.isBoolean()) {
            throw wrong(name, value);
        }
        return value != null && value.booleanValue();
    }

    /**
     * A page size.
     *
     * @param name the field
     * @return 0 if it is absent
     */
    public int pageSize(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return 0;
        }
        try {
            // proto3 JSON takes 25, 25.0 and "25".
            if (value.isNumber() || value.isTextual()) {
                return checkedPageSize(new BigDecimal(value.asText()).intValueExact(), path(name));
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw wrong(name, value);
        }
        throw wrong(name, value);
    }

    /**
     * Checks a page size.
     *
     * @param size any number
     * @param where the field, for the message
     * @return the number
     * @throws ConnectException 400 unless it is 0 to 100
     */
    public static int checkedPageSize(int size, String where) {
        if (size < 0 || size > 100) {
            throw ConnectException.invalid(
                    where + ": value must be greater than or equal to 0 and less than or equal to 100");
        }
        return size;
    }

    /**
     * A timestamp.
     *
     * @param name the field
     * @return null if it is absent
     */
    public Instant timestamp(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        try {
            return Timestamps.parse(textOf(value, name));
        } catch (IllegalArgumentException e) {
            throw ConnectException.invalid(path(name) + ": " + e.getMessage());
        }
    }

    /**
     * An enum value.
     *
     * @param name the field
     * @param known the values that the server knows
     * @return empty if it is absent
     */
    public String enumValue(String name, Set<String> known) {
        JsonNode value = value(name);
        return value == null ? "" : enumOf(value, name, known);
    }

    /**
     * A filter's enum values.
     *
     * @param name the field
     * @param known the values that the server knows
     * @return at most 25
     */
    public List<String> enumValues(String name, Set<String> known) {
        List<String> values = new ArrayList<>();
        for (JsonNode element : array(name)) {
            values.add(enumOf(element, name, known));
        }
        return notTooMany(values, name);
    }

    /**
     * A filter's ids.
     *
     * @param name the field
     * @return at most 25 UUIDs in lower case
     */
    public List<String> uuids(String name) {
        List<String> values = new ArrayList<>();
        for (JsonNode element : array(name)) {
            values.add(uuidOf(textOf(element, name), name));
        }
        return notTooMany(values, name);
    }

    /**
     * An id.
     *
     * @param name the field
     * @return a UUID in lower case
     * @throws ConnectException 400 if it is absent or no UUID
     */
    public String uuid(String name) {
        return uuidOf(text(name), name);
    }

    private static RequestMessage of(JsonNode value, String path, Set<String> fields) {
        if (!(value instanceof ObjectNode object)) {
            throw ConnectException.invalid("unmarshal message: " + path + ": a JSON object is expected");
        }
        return new RequestMessage(camelCase(object, fields), path).only(fields);
    }

    /** proto3 JSON takes a field's name in the protobuf source as well, but not a field twice. */
    private static ObjectNode camelCase(ObjectNode message, Set<String> fields) {
        ObjectNode renamed = Json.object();
        message.properties().forEach(field -> {
            String camel = SNAKE.matcher(field.getKey())
                    .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
            String name = fields.contains(camel) ? camel : field.getKey();
            if (renamed.has(name)) {
                throw ConnectException.invalid("unmarshal message: duplicate field " + Json.quote(field.getKey()));
            }
            renamed.set(name, field.getValue());
        });
        return renamed;
    }

    private RequestMessage only(Set<String> fields) {
        node.fieldNames().forEachRemaining(name -> {
            if (!fields.contains(name)) {
                throw ConnectException.invalid("unmarshal message: unknown field " + Json.quote(name));
            }
        });
        return this;
    }

    private JsonNode value(String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private JsonNode array(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return Json.object();
        }
        if (!value.isArray()) {
            throw wrong(name, value);
        }
        return value;
    }

    private String textOf(JsonNode value, String name) {
        if (!value.isTextual()) {
            throw wrong(name, value);
        }
        return value.textValue();
    }

    private String enumOf(JsonNode value, String name, Set<String> known) {
        if (!value.isTextual() || !known.contains(value.textValue())) {
            throw ConnectException.invalid(
                    "unmarshal message: " + path(name) + ": invalid value for enum field: " + value);
        }
        return value.textValue();
    }

    private String uuidOf(String value, String name) {
        if (!Uuids.isUuid(value)) {
            throw ConnectException.invalid(path(name) + ": value must be a valid UUID");
        }
        return value.toLowerCase(Locale.ROOT);
    }

    private List<String> notTooMany(List<String> values, String name) {
        if (values.size() > MAX_FILTER_VALUES) {
            throw ConnectException.invalid(
                    path(name) + ": value must contain no more than " + MAX_FILTER_VALUES + " item(s)");
        }
        return values;
    }

    private ConnectException wrong(String name, JsonNode value) {
        return ConnectException.invalid("unmarshal message: " + path(name) + ": invalid value: " + value);
    }

    /** As validation messages name a field: in the snake case of the protobuf source. */
    private String path(String name) {
        StringBuilder snake = new StringBuilder(path.isEmpty() ? "" : path + ".");
        for (char c : name.toCharArray()) {
            snake.append(Character.isUpperCase(c) ? "_" + Character.toLowerCase(c) : String.valueOf(c));
        }
        return snake.toString();
    }
}
