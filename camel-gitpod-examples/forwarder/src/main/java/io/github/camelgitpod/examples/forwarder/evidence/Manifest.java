package io.github.camelgitpod.examples.forwarder.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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

    private static final ObjectMapper JSON = new ObjectMapper();

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
        JsonNode json = JSON.readTree(Files.readAllBytes(file));
        String format = json.path("format").asText();
        if (!format.equals(FORMAT)) {
            throw new IOException("%s is of the format '%s'; this version knows %s".formatted(file, format, FORMAT));
        }
        return JSON.treeToValue(json, Manifest.class);
    }

    byte[] toBytes() throws IOException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    }
}
