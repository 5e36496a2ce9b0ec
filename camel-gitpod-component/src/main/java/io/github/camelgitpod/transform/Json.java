package io.github.camelgitpod.transform;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.model.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;

/**
 * Reading and writing of JSON. Without Jackson's limits: the client has kept them when it read the entry, and an entry that was
 * received must not fail here, where it would come again and again.
 */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .rootValueSeparator("\n")
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // What was begun and not ended is a failure, and must not look like a whole document.
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .build();
    private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

    private Json() {}

    /** Writes UTF-8; values at the top stand on lines of their own. */
    static JsonGenerator generator(OutputStream out) throws IOException {
        return FACTORY.createGenerator(out);
    }

    static JsonNode tree(JsonText json) throws IOException {
        return MAPPER.readTree(json.toByteArray());
    }

    /** Writes a text as a string, without decoding it first. */
    static void writeString(JsonGenerator out, String field, JsonText text) throws IOException {
        byte[] utf8 = text.toByteArray();
        out.writeFieldName(field);
        out.writeUTF8String(utf8, 0, utf8.length);
    }

    /** Writes a string; nothing for null. */
    static void writeString(JsonGenerator out, String field, String text) throws IOException {
        if (text != null) {
            out.writeStringField(field, text);
        }
    }

    /** Writes a value as it was sent, in one line: outside of strings, where JSON has none, a line break is a blank. */
    static void writeLine(JsonGenerator out, JsonText json) throws IOException {
        String text = json.toString();
        out.writeRawValue(text.replace('\n', ' ').replace('\r', ' '));
    }

    /** Writes the members of an object that are not among the known ones, with their numbers as they were sent. */
    static void writeUnknown(JsonGenerator out, JsonText object, Set<String> known) throws IOException {
        try (JsonParser in = FACTORY.createParser(object.toByteArray())) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                in.nextToken();
                if (known.contains(name)) {
                    in.skipChildren();
                } else {
                    out.writeFieldName(Texts.utf8(name));
                    copy(in, out);
                }
            }
        }
    }

    /** Jackson's own copying makes a double of a number that has a fraction. */
    private static void copy(JsonParser in, JsonGenerator out) throws IOException {
        int depth = 0;
        JsonToken token = in.currentToken();
        while (true) {
            switch (token) {
                case START_OBJECT -> out.writeStartObject();
                case END_OBJECT -> out.writeEndObject();
                case START_ARRAY -> out.writeStartArray();
                case END_ARRAY -> out.writeEndArray();
                case FIELD_NAME -> out.writeFieldName(Texts.utf8(in.currentName()));
                case VALUE_STRING -> out.writeString(Texts.utf8(in.getText()));
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeNumber(in.getText());
                default -> out.writeRawValue(in.getText());
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth == 0) {
                return;
            }
            token = in.nextToken();
        }
    }
}
