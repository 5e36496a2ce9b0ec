package io.github.camelgitpod.auditlog.reader;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Which part of the log has had its time to become visible, by what passes on this machine and not by what a clock says: what
 * is older than an entry that was known a lookback ago. Rests on no date, so that a clock that is years behind holds up
 * nothing; and on no proof either, so that it must not move the cursor.
 */
final class Ripening {
    /** Of one lookback no more are kept. */
    private static final int MARKS = 10;

    private record Mark(Instant machine, Instant newest) {}

    private final Duration lookback;
    private final Deque<Mark> marks = new ArrayDeque<>();
    private Instant ripe;

    Ripening(Duration lookback) {
        this.lookback = lookback;
    }

    /**
     * What is created before the instant that it returns is ripe; null: nothing is known to be.
     *
     * @param machine this machine's clock
     * @param newest  when the newest known entry was created; null: none is known
     */
    Instant at(Instant machine, Instant newest) {
        if (!marks.isEmpty() && machine.isBefore(marks.getLast().machine)) {
            reset();
        }
        while (!marks.isEmpty() && !machine.isBefore(marks.getFirst().machine.plus(lookback))) {
            ripe = marks.removeFirst().newest;
        }
        if (newest != null
                && (marks.isEmpty() || !machine.isBefore(marks.getLast().machine.plus(lookback.dividedBy(MARKS))))) {
            marks.add(new Mark(machine, newest));
        }
        return ripe;
    }

    void reset() {
        marks.clear();
        ripe = null;
    }
}
