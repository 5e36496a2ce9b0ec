package io.github.camelgitpod.state;

import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Texts that a server, or a user, can make of whatever they like. */
final class AnyText {
    private static final List<String> NASTY = List.of(
            "",
            " ",
            "\0",
            "a\0b",
            "?",
            "\ud800",
            "\udfff",
            "a\ud801",
            "\udc00\ud800",
            "\ud83d\ude00",
            "\ufeffid",
            "\ufffd",
            "\u2028\n\r\t",
            "\"\\/{}[]:,'",
            "\\u0000",
            "null",
            "v",
            "version",
            "../id",
            "sha256:",
            "İıſK");

    private AnyText() {}

    static String of(Random random) {
        int kind = random.nextInt(8);
        if (kind == 0) {
            return UUID.nameUUIDFromBytes(new byte[] {(byte) random.nextInt()}).toString();
        } else if (kind == 1) {
            StringBuilder any = new StringBuilder();
            random.ints(random.nextInt(20), 0, 1 << Character.SIZE).forEach(c -> any.append((char) c));
            return any.toString();
        } else if (kind == 2 && random.nextInt(10) == 0) {
            // Longer than what Jackson reads of a name, unless it is told.
            return NASTY.get(random.nextInt(NASTY.size())) + "ä\ud800".repeat(30_000);
        } else if (kind == 3) {
            return "x".repeat(200 + random.nextInt(400));
        }
        return NASTY.get(random.nextInt(NASTY.size())) + random.nextInt(3);
    }
}
