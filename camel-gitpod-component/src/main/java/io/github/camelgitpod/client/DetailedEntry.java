package io.github.camelgitpod.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * An audit-log entry, and what the server tells only of single ones.
 *
 * @param entry   never null
 * @param details the server's own text of them; null: it has none
 */
public record DetailedEntry(AuditLogEntry entry, JsonText details) {
    private static final String DETAILS = "details";
    private static final byte[] MEMBER = (",\"" + DETAILS + "\":").getBytes(StandardCharsets.US_ASCII);
    private static final JsonFactory JSON = new JsonFactory();

    /** The entry, whose text has the details as its last member. As it is when there are none, or when it has them already. */
    public AuditLogEntry merged() {
        byte[] text = entry.json().toByteArray();
        if (details == null || hasDetails(text)) {
            return entry;
        }
        ByteArrayOutputStream merged = new ByteArrayOutputStream(text.length + MEMBER.length + details.length());
        // An entry has an id or a time, so there is a member before.
        merged.write(text, 0, text.length - 1);
        merged.writeBytes(MEMBER);
        merged.writeBytes(details.toByteArray());
        merged.write('}');
        return new AuditLogEntry(
                entry.id(),
                entry.actorId(),
                entry.actorPrincipal(),
                entry.subjectId(),
                entry.subjectType(),
                entry.action(),
                entry.createdAt(),
                entry.createdAtText(),
                entry.kind(),
                new JsonText(merged.toByteArray(), 0, merged.size()));
    }

    private static boolean hasDetails(byte[] object) {
        try (JsonParser parser = JSON.createParser(object)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                if (parser.currentName().equals(DETAILS)) {
                    return true;
                }
                parser.nextToken();
                parser.skipChildren();
            }
            return false;
        } catch (IOException e) {
            throw new IllegalStateException("An entry is always an object of JSON", e);
        }
    }
}
