package io.github.camelgitpod.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The format of a state's files. After a first line that tells the version, each line is a state with its checksum, by which
 * damage is noticed; the last one that is whole counts. The first version had one state in a file.
 */
final class CheckedFile {
    private static final String MAGIC = "camel-gitpod-state";
    private static final String VERSION = "2";
    private static final String FIRST_VERSION = "1";
    /** Four words, as the first version had: so that version says of the file what to do. */
    private static final String FIRST_LINE = MAGIC + " " + VERSION + " newest last\n";

    private static final int CHECKSUM = 8;

    private CheckedFile() {}

    /** What stands after the last state that is whole. */
    enum Rest {
        NOTHING,
        /** A save was cut off. */
        PART,
        DAMAGE
    }

    /** The last state of a file that is whole, and what stands after it. */
    record Content(String value, Rest rest) {}

    /** What a file begins with. */
    static byte[] firstLine() {
        return FIRST_LINE.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * A state as a line.
     *
     * @throws IOException if another text would be read
     */
    static byte[] line(String value) throws IOException {
        byte[] text = value.replace("\\", "\\\\").replace("\n", "\\n").getBytes(StandardCharsets.UTF_8);
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw new IOException("it has half of a character, an unpaired surrogate");
        }
        byte[] line = new byte[CHECKSUM + 1 + text.length + 1];
        System.arraycopy(checksum(text, 0, text.length), 0, line, 0, CHECKSUM);
        line[CHECKSUM] = ' ';
        System.arraycopy(text, 0, line, CHECKSUM + 1, text.length);
        line[line.length - 1] = '\n';
        return line;
    }

    /**
     * The last whole state of a file; empty when the file is missing or has none.
     *
     * @throws IllegalStateException when it is of another version
     */
    static Optional<Content> read(Path file) throws IOException {
        byte[] content;
        try (InputStream in = PlainFiles.read(file)) {
            content = in.readAllBytes();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        int second = end(content, 0);
        String[] first =
                new String(content, 0, second, StandardCharsets.US_ASCII).trim().split(" ");
        // Damage to the first line does not keep the others from being read.
        if (first.length == 4 && first[0].equals(MAGIC) && !first[1].equals(VERSION)) {
            return readFirstVersion(file, first, Arrays.copyOfRange(content, second, content.length));
        }
        int whole = 0;
        int end = 0;
        for (int begin = second; begin < content.length; begin = end(content, begin)) {
            if (isWhole(content, begin, end(content, begin))) {
                whole = begin;
                end = end(content, begin);
            }
        }
        return end == 0 ? Optional.empty() : Optional.of(new Content(value(content, whole, end), rest(content, end)));
    }

    private static Rest rest(byte[] content, int begin) {
        if (begin == content.length) {
            return Rest.NOTHING;
        }
        boolean hasPart = end(content, begin) == content.length && content[content.length - 1] != '\n';
        return hasPart ? Rest.PART : Rest.DAMAGE;
    }

    private static Optional<Content> readFirstVersion(Path file, String[] first, byte[] text) {
        if (!first[1].equals(FIRST_VERSION)) {
            // Not taken for damage: to go back to the state before would deliver again what another version delivered.
            throw new LaterFormatException("state in " + file, first[1], FIRST_VERSION + " and " + VERSION);
        }
        boolean whole = first[2].equals(String.valueOf(text.length))
                && first[3].equals(new String(checksum(text, 0, text.length), StandardCharsets.US_ASCII));
        return whole
                ? Optional.of(new Content(new String(text, StandardCharsets.UTF_8), Rest.NOTHING))
                : Optional.empty();
    }

    /** Where the line after this one begins. */
    private static int end(byte[] content, int begin) {
        int end = begin;
        while (end < content.length && content[end] != '\n') {
            end++;
        }
        return Math.min(end + 1, content.length);
    }

    private static boolean isWhole(byte[] content, int begin, int end) {
        int text = begin + CHECKSUM + 1;
        return end > text
                && content[text - 1] == ' '
                && content[end - 1] == '\n'
                && Arrays.equals(content, begin, begin + CHECKSUM, checksum(content, text, end - 1), 0, CHECKSUM);
    }

    private static String value(byte[] content, int begin, int end) {
        int text = begin + CHECKSUM + 1;
        String escaped = new String(content, text, end - 1 - text, StandardCharsets.UTF_8);
        if (escaped.indexOf('\\') < 0) {
            return escaped;
        }
        StringBuilder value = new StringBuilder(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == '\\') {
                c = escaped.charAt(++i) == 'n' ? '\n' : '\\';
            }
            value.append(c);
        }
        return value.toString();
    }

    /** Not by String.format, which writes the digits of the default locale. */
    private static byte[] checksum(byte[] bytes, int begin, int end) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, begin, end - begin);
        String digits = Long.toHexString(checksum.getValue());
        return ("0".repeat(CHECKSUM - digits.length()) + digits).getBytes(StandardCharsets.US_ASCII);
    }
}
