package io.github.camelgitpod.client.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.camelgitpod.client.DetailedEntry;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.JsonText;
import java.io.IOException;

/** Reads an answer of GetAuditLog: an entry and, if it has some, its details. Other fields are of a newer server. */
final class DetailedEntryParser {
    private DetailedEntryParser() {}

    /**
     * @param id   which entry was asked for
     * @param body not changed by the caller afterwards
     * @throws IOException when the body is not the JSON object that the protocol describes, or is not about this entry
     */
    static DetailedEntry parse(String id, byte[] body) throws IOException {
        try {
            return read(id, body);
        } catch (IOException e) {
            throw new IOException("The answer is not an audit-log entry with its details: " + JsonBytes.problem(e));
        }
    }

    private static DetailedEntry read(String id, byte[] body) throws IOException {
        JsonParser parser = JsonBytes.object(body);
        AuditLogEntry entry = null;
        JsonText details = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            if (field.equals("entry") && value != JsonToken.VALUE_NULL) {
                entry = AuditLogEntryParser.entry(body, parser);
            } else if (field.equals("details") && value != JsonToken.VALUE_NULL) {
                details = object(body, parser);
            } else {
                parser.skipChildren();
            }
        }
        JsonBytes.expectEnd(parser);
        if (entry == null) {
            throw new IOException("it has no entry");
        }
        if (!id.equalsIgnoreCase(entry.id())) {
            throw new IOException("it is about another entry");
        }
        return new DetailedEntry(entry, details);
    }

    private static JsonText object(byte[] body, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw JsonScalars.wrongKind("its field details", parser.currentToken(), JsonToken.START_OBJECT);
        }
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        int end = (int) parser.currentLocation().getByteOffset();
        return new JsonText(body, start, end - start);
    }
}
