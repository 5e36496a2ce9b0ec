package io.github.camelgitpod.examples.forwarder.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.ShortKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** Each link is the SHA-256 of the link before it and the text of an entry, and so stands for all texts up to there. */
final class Chain {
    static final String ALGORITHM = "SHA-256";
    static final String SEED = sha256(Manifest.FORMAT.getBytes(StandardCharsets.UTF_8));

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Chain() {}

    /**
     * One link, as kept beside the manifest to find the line that differs.
     *
     * @param key by what the entry is known: its id or, without one, its text; a long one is shortened
     */
    record Link(String hash, String key) {}

    static Path file(Path manifest) {
        return manifest.resolveSibling(manifest.getFileName() + ".links");
    }

    static String line(Link link) throws IOException {
        return JSON.writeValueAsString(List.of(link.hash, link.key)) + "\n";
    }

    /** @throws IOException if it cannot be read, or a line is no link */
    static List<Link> read(Path file) throws IOException {
        List<Link> links = new ArrayList<>();
        for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList()) {
            Link link = link(line);
            if (link == null) {
                throw new IOException("%s, line %d: not a link; allowed: [\"64 hex digits\",\"the entry's id\"]"
                        .formatted(file, links.size() + 1));
            }
            links.add(link);
        }
        return links;
    }

    /** Null: it is none. */
    private static Link link(String line) {
        try {
            String[] words = JSON.readValue(line, String[].class);
            return words != null
                            && words.length == 2
                            && words[0] != null
                            && HASH.matcher(words[0]).matches()
                            && words[1] != null
                    ? new Link(words[0], words[1])
                    : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    static String after(String before, byte[] text) {
        return sha256(HexFormat.of().parseHex(before), text);
    }

    /** As {@link AuditLogEntry#key()}; of what is no JSON the text. */
    static String key(byte[] text) {
        String id = "";
        try {
            id = JSON.readTree(text).path("id").asText();
        } catch (IOException e) {
            // It has no id: somebody changed it.
        }
        return ShortKey.of(id.isEmpty() ? new String(text, StandardCharsets.UTF_8) : id);
    }

    /** The entry's own text as a line, as the data type {@code gitpod:application-ndjson} writes it. */
    static byte[] text(AuditLogEntry entry) {
        return entry.json().toString().replace('\n', ' ').replace('\r', ' ').getBytes(StandardCharsets.UTF_8);
    }

    static String sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(ALGORITHM);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each Java has it", e);
        }
    }
}
