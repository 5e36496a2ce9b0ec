package io.github.camelgitpod.transform;

import java.security.SecureRandom;

/** New ULIDs: ids that sort by their time, in Crockford's base 32. */
final class Ulid {
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TIME_DIGITS = 10;
    private static final int RANDOM_DIGITS = 16;
    private static final int BITS = 5;

    private Ulid() {}

    /** With this moment, to the millisecond. */
    static String next() {
        char[] ulid = new char[TIME_DIGITS + RANDOM_DIGITS];
        long time = System.currentTimeMillis();
        for (int i = TIME_DIGITS - 1; i >= 0; i--) {
            ulid[i] = digit(time);
            time >>>= BITS;
        }
        byte[] random = new byte[RANDOM_DIGITS];
        RANDOM.nextBytes(random);
        for (int i = 0; i < RANDOM_DIGITS; i++) {
            ulid[TIME_DIGITS + i] = digit(random[i]);
        }
        return new String(ulid);
    }

    private static char digit(long number) {
        return DIGITS.charAt((int) (number & DIGITS.length() - 1));
    }
}
