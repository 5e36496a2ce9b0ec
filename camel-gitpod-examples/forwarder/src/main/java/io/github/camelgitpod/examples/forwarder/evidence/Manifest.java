package io.github.camelgitpod.examples.forwarder.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.model.ShownText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What is written beside an export. The page forwarder.adoc tells each field; what is not known is null.
 *
 * @param organization the token's
 * @param entries      how many lines the export has
 * @param late         of these, entries older than one before them
 * @param first        of the first line
 * @param last         of the last line
 */
record Manifest(
        String format,
        String program,
        String organization,
        Export export,
        long entries,
        long late,
        Place first,
        Place last,
        String coverage,
        Reading begin,
        Reading end,
        Seal chain) {
    static final String FORMAT = "camel-gitpod-manifest/1";

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);

    record Place(String id, String createdAt) {}

    /** A server's clock by its Date, and this machine's at that moment. */
    record Reading(String baseUrl, String server, String machine) {}

    /** The {@link Chain} from its seed to its last link. */
    record Seal(String algorithm, String seed, String head) {}

    /**
     * Reads one.
     *
     * @throws IOException if it cannot be read, or is of a format that this version does not know
     */
    static Manifest read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        JsonNode json;
        try {
            json = JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is no manifest: it is not valid JSON");
        }
        String format = json.path("format").asText();
        if (!format.equals(FORMAT)) {
            throw new IOException("%s is of the format '%s'; this version knows %s".formatted(file, format, FORMAT));
        }
        Manifest manifest;
        try {
            manifest = JSON.treeToValue(json, Manifest.class);
        } catch (JsonProcessingException e) {
            throw broken(file, e instanceof JsonMappingException wrong ? field(wrong) : "a field");
        }
        Export export = manifest.export;
        if (export == null
                || Stream.of(export.from(), export.to(), export.filter(), export.form(), export.details())
                        .anyMatch(Objects::isNull)) {
            throw broken(file, "export");
        }
        Seal chain = manifest.chain;
        if (chain == null || chain.head == null) {
            throw broken(file, "chain");
        }
        if (!Chain.ALGORITHM.equals(chain.algorithm) || !Chain.SEED.equals(chain.seed)) {
            throw new IOException("%s: chain.algorithm and chain.seed are not those of %s".formatted(file, FORMAT));
        }
        return manifest;
    }

    private static IOException broken(Path file, String field) {
        return new IOException(
                "%s is no manifest that is whole: %s is missing, unknown or of another kind".formatted(file, field));
    }

    private static String field(JsonMappingException wrong) {
        return wrong.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(Objects::nonNull)
                .map(ShownText::of)
                .reduce((outer, inner) -> outer + "." + inner)
                .orElse("a field");
    }

    byte[] toBytes() throws IOException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    }
}
