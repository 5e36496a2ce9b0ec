package io.github.camelgitpod;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.model.AuditLogBatch;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.AuditLogListing;
import io.github.camelgitpod.model.GapBody;
import io.github.camelgitpod.model.JsonBacked;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.Converter;

/** Bodies as JSON: the text exactly as the server sent it (of a synthetic event, what stands for it), or parsed. */
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

    /** The JSON text, in UTF-8. */
    @Converter
    public static byte[] toByteArray(JsonBacked body) {
        return body.json().toByteArray();
    }

    /** The JSON text, in UTF-8. */
    @Converter
    public static InputStream toInputStream(JsonBacked body) {
        return body.json().toInputStream();
    }

    /** The parsed form, with fields and values that this version does not know. */
    @Converter
    public static JsonNode toJsonNode(JsonBacked body) throws IOException {
        return MAPPER.readTree(body.json().toInputStream());
    }

    /** The parsed form, with fields and values that this version does not know. */
    @Converter
    public static Map<String, Object> toMap(JsonBacked body) throws IOException {
        return MAPPER.readValue(body.json().toInputStream(), MAP);
    }

    /** A JSON array of the entries, each as the server sent it. */
    @Converter
    public static String toString(AuditLogBatch batch) {
        return batch.json().toString();
    }

    /** A JSON array of the entries, each as the server sent it, in UTF-8. */
    @Converter
    public static byte[] toByteArray(AuditLogBatch batch) {
        return batch.json().toByteArray();
    }

    /** A JSON array of the entries, each as the server sent it, in UTF-8. */
    @Converter
    public static InputStream toInputStream(AuditLogBatch batch) {
        return batch.json().toInputStream();
    }

    /** The parsed form, an array. */
    @Converter
    public static JsonNode toJsonNode(AuditLogBatch batch) throws IOException {
        return MAPPER.readTree(batch.json().toInputStream());
    }

    /** A gap as JSON. */
    @Converter
    public static String toString(GapBody body) {
        return body.toJson().toString();
    }

    /** A gap as JSON, in UTF-8. */
    @Converter
    public static byte[] toByteArray(GapBody body) {
        return toString(body).getBytes(StandardCharsets.UTF_8);
    }

    /** A gap as JSON, in UTF-8. */
    @Converter
    public static InputStream toInputStream(GapBody body) {
        return new ByteArrayInputStream(toByteArray(body));
    }

    /** A gap as JSON. */
    @Converter
    public static JsonNode toJsonNode(GapBody body) {
        return body.toJson();
    }

    /** A gap's fields; its times are RFC 3339 texts. */
    @Converter
    public static Map<String, Object> toMap(GapBody body) {
        return MAPPER.convertValue(body.toJson(), MAP);
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
        return MAPPER.readTree(toInputStream(listing));
    }

    /** All entries. */
    @Converter
    public static List<AuditLogEntry> toList(AuditLogListing listing) throws IOException {
        return listing.toList();
    }
}
