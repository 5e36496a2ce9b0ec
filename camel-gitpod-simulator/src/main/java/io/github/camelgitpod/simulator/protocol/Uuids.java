package io.github.camelgitpod.simulator.protocol;

import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/** UUIDs as Gitpod uses them. */
public final class Uuids {

    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Uuids() {}

    /**
     * Whether a text is a UUID with all its digits and dashes.
     *
     * @param text any text; null is none
     * @return true for a UUID
     */
    public static boolean isUuid(String text) {
        return text != null && text.length() == 36 && UUID_TEXT.matcher(text).matches();
    }

    /**
     * A UUIDv7: milliseconds first, then the microseconds within them, so that ids sort as their times do.
     *
     * @param time its time
     * @param high random bits
     * @param low random bits
     * @return its text
     */
    public static String v7(Instant time, long high, long low) {
        long micros = (time.getNano() / 1000) % 1000;
        // RFC 9562, method 3: rand_a carries the fraction of the millisecond, here in 1/4096.
        long fraction = micros * 4096 / 1000;
        long most = (time.toEpochMilli() << 16) | 0x7000L | fraction;
        long least = (low & 0x3FFFFFFFFFFFFFFFL) ^ (high & 0x0FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(most, least & 0xBFFFFFFFFFFFFFFFL).toString();
    }

    /**
     * A random UUID from given bits.
     *
     * @param high random bits
     * @param low random bits
     * @return its text
     */
    public static String v4(long high, long low) {
        long most = (high & 0xFFFFFFFFFFFF0FFFL) | 0x4000L;
        long least = (low & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(most, least).toString();
    }
}
