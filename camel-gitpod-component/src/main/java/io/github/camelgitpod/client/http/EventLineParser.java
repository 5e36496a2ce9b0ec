package io.github.camelgitpod.client.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.JsonText;
import io.github.camelgitpod.model.StreamLine;
import java.io.IOException;
import java.time.Instant;

/**
 * Reads one line of the event stream in one pass: an event, an event inside {@code {"result": …}}, an error, or an object
 * that only closes the stream. What has one of an event's fields is an event, whatever other fields it has. What has none is
 * no event, even if it is JSON: it may tell of a fault in words that are not the protocol's.
 */
final class EventLineParser {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String NO_EVENT = "a JSON object without operation, resourceType and resourceId";

    private final byte[] line;
    private final JsonParser parser;

    /** What one object has; null for what it has not. */
    private static final class Fields {
        String operation;
        String resourceType;
        String resourceId;
        JsonText error;
        JsonText result;
        Fields inner;
        boolean closesStream = true;

        boolean isEvent() {
            return operation != null || resourceType != null || resourceId != null;
        }
    }

    private EventLineParser(byte[] line) throws IOException {
        this.line = line;
        this.parser = JsonBytes.object(line);
    }

    /**
     * @param line   not changed by the caller afterwards
     * @param secret a text that must not get into an error's message
     * @return null when the line is neither an event nor a fault
     * @throws ApiException when the line reports an error
     */
    static StreamLine parse(byte[] line, Instant receivedAt, String secret) throws ApiException {
        Fields fields;
        JsonNode error;
        try {
            fields = new EventLineParser(line).only();
            error = fields.error == null ? null : MAPPER.readTree(fields.error.toInputStream());
        } catch (IOException e) {
            return new StreamLine.Skipped("not a JSON object", line.length);
        }
        if (fields.isEvent()) {
            return event(fields, receivedAt, new JsonText(line, 0, line.length));
        }
        if (error != null) {
            throw ApiErrors.ofStream(
                    error.isObject() ? error : MAPPER.createObjectNode().set("message", error), secret);
        }
        if (fields.result != null && fields.inner.isEvent()) {
            return event(fields.inner, receivedAt, fields.result);
        }
        boolean closesStream = fields.result == null ? fields.closesStream : fields.inner.closesStream;
        return closesStream ? null : new StreamLine.Skipped(NO_EVENT, line.length);
    }

    private static GitpodEvent event(Fields fields, Instant receivedAt, JsonText json) {
        return GitpodEvent.ofStream(fields.operation, fields.resourceType, fields.resourceId, receivedAt, json);
    }

    private Fields only() throws IOException {
        Fields fields = object(true);
        JsonBytes.expectEnd(parser);
        return fields;
    }

    private Fields object(boolean outermost) throws IOException {
        Fields fields = new Fields();
        boolean empty = true;
        boolean metadata = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            empty = false;
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (field) {
                case "operation" -> fields.operation = JsonScalars.text(parser);
                case "resourceType" -> fields.resourceType = JsonScalars.text(parser);
                case "resourceId" -> fields.resourceId = JsonScalars.text(parser);
                case "metadata" -> {
                    metadata = true;
                    parser.skipChildren();
                }
                case "error" -> {
                    int start = start();
                    parser.skipChildren();
                    // A scalar is read lazily; this moves the position behind it.
                    parser.finishToken();
                    fields.error = value == JsonToken.VALUE_NULL ? null : since(start);
                }
                case "result" -> {
                    if (outermost && value == JsonToken.START_OBJECT) {
                        int start = start();
                        fields.inner = object(false);
                        fields.result = since(start);
                    } else {
                        parser.skipChildren();
                    }
                }
                default -> parser.skipChildren();
            }
        }
        fields.closesStream = empty || metadata;
        return fields;
    }

    /** Where the current value begins. */
    private int start() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    private JsonText since(int start) {
        return new JsonText(line, start, (int) parser.currentLocation().getByteOffset() - start);
    }
}
