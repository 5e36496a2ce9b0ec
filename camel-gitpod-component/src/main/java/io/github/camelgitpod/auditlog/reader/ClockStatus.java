package io.github.camelgitpod.auditlog.reader;

/**
 * Whether the server's clock and this machine's agree.
 *
 * @param disagreements how often they began to disagree by more than the lookback
 * @param disagreement  what they said last, as a text for people; null: they agree
 */
public record ClockStatus(long disagreements, String disagreement) {

    /** They have always agreed. */
    public static final ClockStatus NONE = new ClockStatus(0, null);
}
