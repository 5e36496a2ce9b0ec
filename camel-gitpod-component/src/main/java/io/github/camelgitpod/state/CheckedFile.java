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
 * The format of a state's files. After a first line that tells the version, with its checksum, each line is a state with its
 * checksum, by which damage is noticed; the last one that is whole counts. The first version had one state in a file. Every
 * later one has to begin with a line whose last word is the checksum of what is before it: else a damaged digit looks like it.
 */
final class CheckedFile {
    private static final String MAGIC = "camel-gitpod-state";
    private static final String VERSION = "2";
    private static final String FIRST_VERSION = "1";
    /** With its checksum four words, as the first version had: so that version says of the file what to do. */
    private static final String WORDS = MAGIC + " " + VERSION + " newest-last";

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
        return (WORDS + " " + checksum(WORDS) + "\n").getBytes(StandardCharsets.US_ASCII);
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
     * @throws IllegalStateException when it is of a later version
     */
    static Optional<Content> read(Path file) throws IOException {
        byte[] content;
        try (InputStream in = PlainFiles.read(file)) {
            content = in.readAllBytes();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        int second = end(content, 0);
        String first = new String(content, 0, second, StandardCharsets.US_ASCII).trim();
        refuseLater(file, first);
        byte[] only = Arrays.copyOfRange(content, second, content.length);
        if (isOfFirstVersion(first, only)) {
            return Optional.of(new Content(new String(only, StandardCharsets.UTF_8), Rest.NOTHING));
        }
        // Damage to the first line does not keep the others from being read.
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

    /** Only a first line that is whole: what is later is not taken for damage, and damage not for what is later. */
    private static void refuseLater(Path file, String first) {
        int last = first.lastIndexOf(' ');
        String[] words = first.split(" ");
        boolean whole = last > 0 && first.substring(last + 1).equals(checksum(first.substring(0, last)));
        if (whole && words[0].equals(MAGIC) && !words[1].equals(VERSION)) {
            // To go back to the state before would deliver again what another version delivered.
            throw new LaterFormatException("state in " + file, words[1], FIRST_VERSION + " and " + VERSION);
        }
    }

    /** Its first line told length and checksum of the text, which nothing else matches, whatever became of the rest of it. */
    private static boolean isOfFirstVersion(String first, byte[] text) {
        String[] words = first.split(" ");
        return words.length == 4
                && words[2].equals(String.valueOf(text.length))
                && words[3].equals(new String(checksum(text, 0, text.length), StandardCharsets.US_ASCII));
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

    private static String checksum(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return new String(checksum(bytes, 0, bytes.length), StandardCharsets.US_ASCII);
    }

    /** Not by String.format, which writes the digits of the default locale. */
    private static byte[] checksum(byte[] bytes, int begin, int end) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, begin, end - begin);
        String digits = Long.toHexString(checksum.getValue());
        return ("0".repeat(CHECKSUM - digits.length()) + digits).getBytes(StandardCharsets.US_ASCII);
    }
}
