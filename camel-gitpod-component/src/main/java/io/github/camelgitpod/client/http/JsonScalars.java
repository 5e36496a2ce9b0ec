package io.github.camelgitpod.client.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads single values from JSON that can hold anything, and says what kind of value one is. */
final class JsonScalars {

    private JsonScalars() {}

    /** The current scalar's text; null for null, and for an object or array, which is skipped. */
    static String text(JsonParser parser) throws IOException {
        if (parser.currentToken().isStructStart()) {
            parser.skipChildren();
            return null;
        }
        return parser.getValueAsString();
    }

    /** The kind of the value that begins with this token, for people. */
    static String kind(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            default -> "null";
        };
    }

    /** @param what such as {@code its field entries} */
    static IOException wrongKind(String what, JsonToken actual, JsonToken expected) {
        return new IOException(what + " is " + kind(actual) + ", not " + kind(expected));
    }

    static IOException unknownField(String field) {
        return new IOException("its field " + field + " is not one of such a page");
    }
}
