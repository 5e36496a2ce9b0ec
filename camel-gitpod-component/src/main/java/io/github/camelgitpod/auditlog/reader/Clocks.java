package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.client.Durations;
import java.time.Duration;
import java.time.Instant;

/**
 * What two clocks say at one moment, the server's and this machine's. Either may lie, and nobody knows which. What moves the
 * cursor is the earlier one: it is not ahead as long as one of the two is right.
 *
 * @param server   the time of the server's last answer, and what has passed since
 * @param machine  this machine's own
 * @param lookback entries that become visible so late are still delivered
 */
record Clocks(Instant server, Instant machine, Duration lookback) {
    /** So much two clocks that are right can differ: a Date is cut to seconds, and an answer is on its way for a while. */
    static final Duration READING_ERROR = Duration.ofSeconds(10);

    /** Times that every server can read. */
    private static final Instant FIRST = Instant.EPOCH;

    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    Clocks {
        server = between(FIRST, server, LAST);
        machine = between(FIRST, machine, LAST);
    }

    Instant earliest() {
        return earlier(server, machine);
    }

    /** Where a read ends: to read too far does no harm. */
    Instant latest() {
        return later(server, machine);
    }

    /** What was created before this time, and became visible within the lookback, is visible now, if one clock is right. */
    Instant settled() {
        return earliest().minus(lookback);
    }

    /**
     * The best guess, which must move no cursor: the one in the middle of three times, since no entry is newer than now.
     *
     * @param newest when the newest known entry was created; null: none is known
     */
    Instant present(Instant newest) {
        return newest == null ? earliest() : between(earliest(), newest, latest());
    }

    /** How far this machine's clock is ahead of the server's; negative: behind it. */
    Duration difference() {
        return Duration.between(server, machine);
    }

    /** Whether they differ by no more than the lookback makes up for. */
    boolean agree() {
        return difference().abs().compareTo(Durations.longer(lookback, READING_ERROR)) <= 0;
    }

    /**
     * Whether a cursor is in the future by both, and not because a user wants it to begin there.
     *
     * @param watermark of the cursor
     * @param wanted    where it was to begin
     */
    boolean areBehind(Instant watermark, StartPosition wanted) {
        boolean asked = wanted.instant() != null && !watermark.isAfter(wanted.instant());
        return latest().plus(READING_ERROR).isBefore(watermark) && !asked;
    }

    /** For people. */
    String text() {
        if (difference().abs().compareTo(READING_ERROR) <= 0) {
            return "the server's clock says %s, and this machine's agrees".formatted(server);
        }
        return "the server's clock says %s, this machine's is %s %s"
                .formatted(
                        server, Durations.text(difference().abs()), difference().isNegative() ? "behind" : "ahead");
    }

    static Instant earlier(Instant one, Instant other) {
        return other.isBefore(one) ? other : one;
    }

    static Instant later(Instant one, Instant other) {
        return other.isAfter(one) ? other : one;
    }

    private static Instant between(Instant least, Instant time, Instant most) {
        return earlier(later(least, time), most);
    }
}
