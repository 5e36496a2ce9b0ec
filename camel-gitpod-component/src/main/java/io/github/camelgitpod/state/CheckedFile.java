package io.github.camelgitpod.state;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/** The format of a state's files: a line with version, length and checksum, by which damage is noticed, and the state. */
final class CheckedFile {
    private static final String MAGIC = "camel-gitpod-state";
    private static final String VERSION = "1";
    private static final int MAX_HEADER = 100;

    private CheckedFile() {}

    /** The line that a file with this content begins with. */
    static byte[] header(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, bytes.length);
        String line = MAGIC + " " + VERSION + " " + bytes.length + " " + hex(checksum) + "\n";
        return line.getBytes(StandardCharsets.US_ASCII);
    }

    /** The value of a whole file; empty when the file is missing or damaged. */
    static Optional<String> read(Path file) throws IOException {
        if (!isWhole(file)) {
            return Optional.empty();
        }
        byte[] content;
        try (InputStream in = PlainFiles.read(file)) {
            content = in.readAllBytes();
        } catch (NoSuchFileException e) {
            // A reader may not hold the lock, and then a save may have renamed the file meanwhile.
            return Optional.empty();
        }
        int start = 0;
        while (content[start++] != '\n') {
            // the header
        }
        return Optional.of(new String(content, start, content.length - start, StandardCharsets.UTF_8));
    }

    /** Whether the file is there and undamaged. Read in pieces: every save asks for this, and a state can be large. */
    static boolean isWhole(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(PlainFiles.read(file))) {
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next >= 0 && next != '\n' && line.length() < MAX_HEADER; next = in.read()) {
                line.append((char) next);
            }
            String[] header = line.toString().trim().split(" ");
            if (header.length != 4 || !header[0].equals(MAGIC)) {
                return false;
            }
            if (!header[1].equals(VERSION)) {
                // Not taken for damage: to go back to the state before would deliver again what another version
                // delivered.
                throw new LaterFormatException("state in " + file, header[1], VERSION);
            }
            CRC32C checksum = new CRC32C();
            long length = 0;
            byte[] buffer = new byte[8192];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                checksum.update(buffer, 0, count);
                length += count;
            }
            return header[2].equals(String.valueOf(length)) && header[3].equals(hex(checksum));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Not by String.format, which writes the digits of the default locale. */
    private static String hex(CRC32C checksum) {
        String digits = Long.toHexString(checksum.getValue());
        return "0".repeat(8 - digits.length()) + digits;
    }
}
