package io.github.camelgitpod.examples.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Stream;

/** The file that the audit log is written to: one entry a line. */
final class AuditLogFile {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path path;

    AuditLogFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    long lines() throws IOException {
        if (Files.notExists(path)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(path)) {
            return lines.count();
        }
    }

    /**
     * Looks at every line.
     *
     * @param server the texts that the server sends, in its order; null when they are not known
     */
    Check check(Iterator<String> server) throws IOException {
        Set<String> ids = new HashSet<>();
        Instant before = Instant.MIN;
        long lines = 0;
        long repeated = 0;
        long outOfOrder = 0;
        long different = 0;
        if (Files.exists(path)) {
            try (BufferedReader reader = Files.newBufferedReader(path)) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    JsonNode entry = MAPPER.readTree(line);
                    Instant created = OffsetDateTime.parse(
                                    entry.path("createdAt").asText())
                            .toInstant();
                    lines++;
                    repeated += ids.add(entry.path("id").asText()) ? 0 : 1;
                    outOfOrder += created.isBefore(before) ? 1 : 0;
                    different +=
                            server == null || server.hasNext() && server.next().equals(line) ? 0 : 1;
                    before = created;
                }
            }
        }
        return new Check(lines, repeated, outOfOrder, different);
    }

    /**
     * What a look at the file told.
     *
     * @param lines      how many there are
     * @param repeated   lines with an id that an earlier line has too
     * @param outOfOrder lines with an entry that is older than the one before it
     * @param different  lines that are not what the server sends in that place; 0 when that is not known
     */
    record Check(long lines, long repeated, long outOfOrder, long different) {}
}
