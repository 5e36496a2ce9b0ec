package io.github.camelgitpod.model;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Keys of a bounded length: in the place of a longer one stands its SHA-256. The same key always gives the same one. */
public final class ShortKey {
    private static final int LONGEST = 256;
    /** No id begins so by accident. */
    private static final String PREFIX = "sha256:";

    private ShortKey() {}

    /** The key of an audit-log entry; given twice, it stays what it is. */
    public static String of(String key) {
        return of(key, LONGEST);
    }

    /** @param longest how long a key may be to stay what it is; not less than that of a hash */
    public static String of(String key, int longest) {
        return key.length() <= longest ? key : PREFIX + hash(key);
    }

    /** The SHA-256 in hexadecimal digits. Of the characters themselves: an encoding would make one of what it cannot encode. */
    public static String hash(String key) {
        ByteBuffer characters = ByteBuffer.allocate(key.length() * Character.BYTES);
        characters.asCharBuffer().put(key);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(characters.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
