package io.github.camelgitpod;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.model.AuditLogBatch;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.AuditLogListing;
import io.github.camelgitpod.model.JsonBacked;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.Converter;

/**
 * Bodies as JSON: the text exactly as the server sent it (of what was made here, what stands for it), or parsed. Bytes are
 * UTF-8, whatever charset the process or the exchange has.
 *
 * <p>There is one to each type that Camel's components ask for. From an {@link InputStream} they would read characters in the
 * process's charset. None to a StreamCache: Camel would put it in the place of every body.
 */
@Converter(generateLoader = true)
public final class GitpodConverter {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private GitpodConverter() {}

    /** The JSON text. */
    @Converter
    public static String toString(JsonBacked body) {
        return body.json().toString();
    }

    /** The JSON text. */
    @Converter
    public static char[] toCharArray(JsonBacked body) {
        return toString(body).toCharArray();
    }

    /** The JSON text. */
    @Converter
    public static Reader toReader(JsonBacked body) {
        return new StringReader(toString(body));
    }

    /** The JSON text, in UTF-8. */
    @Converter
    public static byte[] toByteArray(JsonBacked body) {
        return body.json().toByteArray();
    }

    /** The JSON text, in UTF-8. */
    @Converter
    public static ByteBuffer toByteBuffer(JsonBacked body) {
        return ByteBuffer.wrap(toByteArray(body));
    }

    /** The JSON text, in UTF-8. */
    @Converter
    public static InputStream toInputStream(JsonBacked body) {
        return body.json().toInputStream();
    }

    /** The parsed form, with fields and values that this version does not know; numbers have all their digits. */
    @Converter
    public static JsonNode toJsonNode(JsonBacked body) throws IOException {
        return body.json().toTree();
    }

    /** The same as a map; null, which to Camel means that it cannot be done, for an array. */
    @Converter
    public static Map<String, Object> toMap(JsonBacked body) throws IOException {
        JsonNode tree = toJsonNode(body);
        return tree.isObject() ? MAPPER.convertValue(tree, MAP) : null;
    }

    /** A JSON array of the entries, read to the end. */
    @Converter
    public static String toString(AuditLogListing listing) throws IOException {
        return new String(toByteArray(listing), StandardCharsets.UTF_8);
    }

    /** A JSON array of the entries, read to the end, in UTF-8. */
    @Converter
    public static byte[] toByteArray(AuditLogListing listing) throws IOException {
        try (InputStream text = toInputStream(listing)) {
            return text.readAllBytes();
        }
    }

    /** A JSON array of the entries, in UTF-8, written while it is read. */
    @Converter
    public static InputStream toInputStream(AuditLogListing listing) {
        return listing.toInputStream();
    }

    /** A JSON array of the entries, written while it is read. */
    @Converter
    public static Reader toReader(AuditLogListing listing) {
        return new InputStreamReader(toInputStream(listing), StandardCharsets.UTF_8);
    }

    /** The parsed form, an array of all entries. */
    @Converter
    public static JsonNode toJsonNode(AuditLogListing listing) throws IOException {
        return new AuditLogBatch(toList(listing)).json().toTree();
    }

    /** All entries. */
    @Converter
    public static List<AuditLogEntry> toList(AuditLogListing listing) throws IOException {
        return listing.toList();
    }
}
