package io.github.camelgitpod.client.http;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Reads single values from JSON that can hold anything. */
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
}
