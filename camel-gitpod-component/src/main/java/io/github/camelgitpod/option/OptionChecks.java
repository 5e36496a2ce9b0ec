package io.github.camelgitpod.option;

import io.github.camelgitpod.client.Durations;
import java.time.Duration;

/** The limits of options that are numbers. Each method throws {@link IllegalArgumentException} in the form of {@link OptionErrors}. */
public final class OptionChecks {
    /** About 24 days: the HTTP client takes no longer timeouts. */
    private static final long LONGEST_TIMEOUT = Integer.MAX_VALUE;

    private static final long LONGEST = TimeTexts.LONGEST.toMillis();

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

    /** A text must not be empty, as that of a variable that is not set is: it would stand for something nobody has chosen. */
    public static void notBlank(String option, String value) {
        if (value != null && value.isBlank()) {
            throw OptionErrors.wrong(option, value, "is empty", "a value, or not to set it");
        }
    }

    /** A duration that may be zero, from milliseconds. */
    public static Duration zeroOrLonger(String option, long millis) {
        return within(option, millis, 0, LONGEST, "0 to 36500d");
    }

    /** A duration that is not zero, from milliseconds. */
    public static Duration longerThanZero(String option, long millis) {
        return within(option, millis, 1, LONGEST, "more than 0, at most 36500d");
    }

    /** A duration that the HTTP client can wait, from milliseconds. */
    public static Duration timeout(String option, long millis) {
        return within(option, millis, 1, LONGEST_TIMEOUT, "1 ms to 24 days, such as 30s or 5m");
    }

    /** A duration as a human writes it, from milliseconds, which may be negative: a setter takes any. */
    public static String text(long millis) {
        return millis < 0 ? millis + " ms" : Durations.text(Duration.ofMillis(millis));
    }

    private static Duration within(String option, long millis, long least, long most, String allowed) {
        if (millis < least || millis > most) {
            throw OptionErrors.wrong(option, text(millis), "is out of range", allowed);
        }
        return Duration.ofMillis(millis);
    }
}
