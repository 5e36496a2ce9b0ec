package io.github.camelgitpod.client.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.JsonText;
import java.io.IOException;

/**
 * Reads an audit-log entry out of an answer. It keeps the bytes that it was read from, and with them the fields that this
 * version does not know.
 */
final class AuditLogEntryParser {
    private AuditLogEntryParser() {}

    /**
     * The entry that the parser stands on; after it, the parser stands on its end.
     *
     * @param body what is parsed; not changed by the caller afterwards
     */
    static AuditLogEntry entry(byte[] body, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw JsonScalars.wrongKind("one of its entries", parser.currentToken(), JsonToken.START_OBJECT);
        }
        int start = (int) parser.currentTokenLocation().getByteOffset();
        String id = null;
        String actorId = null;
        String actorPrincipal = null;
        String subjectId = null;
        String subjectType = null;
        String action = null;
        String createdAt = null;
        String kind = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "id" -> id = identifying(parser, field);
                case "actorId" -> actorId = JsonScalars.text(parser);
                case "actorPrincipal" -> actorPrincipal = JsonScalars.text(parser);
                case "subjectId" -> subjectId = JsonScalars.text(parser);
                case "subjectType" -> subjectType = JsonScalars.text(parser);
                case "action" -> action = JsonScalars.text(parser);
                case "createdAt" -> createdAt = identifying(parser, field);
                case "kind" -> kind = JsonScalars.text(parser);
                default -> parser.skipChildren();
            }
        }
        if (id == null && createdAt == null) {
            throw new IOException("one of its entries has neither an id nor a time");
        }
        int end = (int) parser.currentLocation().getByteOffset();
        return new AuditLogEntry(
                id,
                actorId,
                actorPrincipal,
                subjectId,
                subjectType,
                action,
                Timestamps.parse(createdAt),
                createdAt,
                kind,
                new JsonText(body, start, end - start));
    }

    /** By which an entry has its place: of another kind, the cursor would go on past what this was meant to be. */
    private static String identifying(JsonParser parser, String field) throws IOException {
        JsonToken value = parser.currentToken();
        if (value != JsonToken.VALUE_STRING && value != JsonToken.VALUE_NULL) {
            throw JsonScalars.wrongKind("the " + field + " of one of its entries", value, JsonToken.VALUE_STRING);
        }
        return JsonScalars.text(parser);
    }
}
