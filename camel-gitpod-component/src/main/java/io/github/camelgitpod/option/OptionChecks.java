package io.github.camelgitpod.option;

import java.time.Duration;

/** The limits of options that are numbers. Each method throws {@link IllegalArgumentException} in the form of {@link OptionErrors}. */
public final class OptionChecks {
    /** About 24 days: the HTTP client takes no longer timeouts. */
    private static final long LONGEST_TIMEOUT = Integer.MAX_VALUE;

    private OptionChecks() {}

    /** The value, which must be within these limits, both included. */
    public static int between(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw OptionErrors.wrong(option, value, least + " to " + most);
        }
        return value;
    }

    /** The value, which must not be less. */
    public static int atLeast(String option, int value, int least) {
        if (value < least) {
            throw OptionErrors.wrong(option, value, least + " or more");
        }
        return value;
    }

    /** A duration that may be zero, from milliseconds. */
    public static Duration zeroOrLonger(String option, long millis) {
        if (millis < 0) {
            throw OptionErrors.wrong(option, millis + " ms", "0 or more");
        }
        return Duration.ofMillis(millis);
    }

    /** A duration that is not zero, from milliseconds. */
    public static Duration longerThanZero(String option, long millis) {
        if (millis <= 0) {
            throw OptionErrors.wrong(option, millis + " ms", "more than 0");
        }
        return Duration.ofMillis(millis);
    }

    /** A duration that the HTTP client can wait, from milliseconds. */
    public static Duration timeout(String option, long millis) {
        if (millis <= 0 || millis > LONGEST_TIMEOUT) {
            throw OptionErrors.wrong(option, millis + " ms", "is out of range", "1 ms to 24 days, such as 30s or 5m");
        }
        return Duration.ofMillis(millis);
    }
}
