package io.github.camelgitpod.client.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.camelgitpod.client.AuditLogPage;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads an answer of ListAuditLogs in one pass over its bytes. It holds nothing but entries and the token of
 * the next page.
 */
final class AuditLogPageParser {
    /** How the value of each field that a page may have begins. */
    private static final Map<String, JsonToken> FIELDS =
            Map.of("entries", JsonToken.START_ARRAY, "pagination", JsonToken.START_OBJECT);

    private final byte[] body;
    private final JsonParser parser;

    private AuditLogPageParser(byte[] body) throws IOException {
        this.body = body;
        this.parser = JsonBytes.object(body);
    }

    /**
     * @param body not changed by the caller afterwards
     * @throws IOException when the body is not the JSON object that the protocol describes, or has anything besides: what
     *     was meant to say something else must not count as a page without entries
     */
    static AuditLogPage parse(byte[] body) throws IOException {
        try {
            return new AuditLogPageParser(body).page();
        } catch (IOException e) {
            throw new IOException("The answer is not a page of audit-log entries: " + JsonBytes.problem(e));
        }
    }

    private AuditLogPage page() throws IOException {
        List<AuditLogEntry> entries = new ArrayList<>();
        String nextToken = null;
        Set<String> seen = new HashSet<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            if (!seen.add(field)) {
                throw new IOException("it has " + field + " twice");
            }
            if (!FIELDS.containsKey(field)) {
                throw JsonScalars.unknownField(field);
            }
            if (value == JsonToken.VALUE_NULL) {
                continue;
            }
            if (value != FIELDS.get(field)) {
                throw JsonScalars.wrongKind("its field " + field, value, FIELDS.get(field));
            }
            if (field.equals("entries")) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    entries.add(AuditLogEntryParser.entry(body, parser));
                }
            } else {
                nextToken = nextToken();
            }
        }
        JsonBytes.expectEnd(parser);
        return new AuditLogPage(entries, nextToken);
    }

    private String nextToken() throws IOException {
        String token = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean next = parser.currentName().equals("nextToken");
            JsonToken value = parser.nextToken();
            if (next && value != JsonToken.VALUE_STRING && value != JsonToken.VALUE_NULL) {
                throw JsonScalars.wrongKind("its field nextToken", value, JsonToken.VALUE_STRING);
            }
            if (next) {
                token = JsonScalars.text(parser);
            } else {
                parser.skipChildren();
            }
        }
        return token == null || token.isEmpty() ? null : token;
    }
}
