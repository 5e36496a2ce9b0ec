package io.github.camelgitpod.event.recovery;

import io.github.camelgitpod.client.TimeRange;
import io.github.camelgitpod.state.RecoveredEntries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which ranges of the audit log are to be read: those of gaps, and the last part of each once more, when entries that become
 * visible late have had their time. All times are the server's.
 */
final class RangesToRead {
    /** Gaps that follow each other so soon are read again together. */
    private static final Duration TOGETHER = Duration.ofMinutes(1);

    private static final int MOST_RANGES = 100;

    private final List<TimeRange> unread;
    private final List<TimeRange> again;
    private final Duration lookback;
    /** The end of the newest range that was added. */
    private Instant newestEnd = Instant.EPOCH;

    /**
     * @param unread   not read yet
     * @param again    read once, and to be read again
     * @param lookback so late an entry may become visible
     */
    RangesToRead(List<TimeRange> unread, List<TimeRange> again, Duration lookback) {
        this.unread = new ArrayList<>(unread);
        this.again = new ArrayList<>(again);
        this.lookback = lookback;
    }

    boolean isEmpty() {
        return unread.isEmpty() && again.isEmpty();
    }

    void clear() {
        unread.clear();
        again.clear();
    }

    void add(TimeRange range) {
        TimeRange all = range;
        // A gap can come twice, or with its margin begin in the gap before it.
        for (TimeRange other : List.copyOf(unread)) {
            if (other.meets(all)) {
                unread.remove(other);
                all = all.with(other);
            }
        }
        unread.add(all);
        if (unread.size() > MOST_RANGES) {
            unread.add(0, unread.remove(0).with(unread.remove(0)));
        }
        newestEnd = newestEnd.isAfter(range.to()) ? newestEnd : range.to();
    }

    /** The range to read next; null: none. */
    TimeRange next() {
        return unread.isEmpty() ? null : unread.get(0);
    }

    /** The range that was next has been read at this time. */
    void read(Instant now) {
        TimeRange range = unread.remove(0);
        if (isSettled(range, now)) {
            return;
        }
        TimeRange late = range.since(range.to().minus(lookback));
        TimeRange last = again.isEmpty() ? null : again.get(again.size() - 1);
        if (last != null && last.meets(late) && last.with(late).length().compareTo(TOGETHER) <= 0) {
            again.set(again.size() - 1, last.with(late));
        } else {
            again.add(late);
        }
    }

    /**
     * A range is read up to an entry: when reading fails now, it goes on from there, or from where entries can still become
     * visible.
     */
    void readUpTo(Instant entry, TimeRange range) {
        Instant settled = range.to().minus(lookback);
        if (!unread.isEmpty() && unread.get(0).to().equals(range.to())) {
            unread.set(0, unread.get(0).since(entry.isBefore(settled) ? entry : settled));
        }
    }

    /** The ranges that can be read again now. */
    List<TimeRange> dueAgain(Instant now) {
        return again.stream().filter(range -> isSettled(range, now)).toList();
    }

    void readAgain(TimeRange range) {
        again.remove(range);
    }

    /** After how long a range can be read again; null: there is none. */
    Duration untilNext(Instant now) {
        return again.stream()
                .map(range -> Duration.between(now, range.to().plus(lookback)))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /**
     * Older entries are not read any more. If a range that is still to be read begins earlier than the given time before the
     * newest end: its beginning; otherwise that time.
     */
    Instant neededSince(Duration beforeNewestEnd) {
        Instant overlap = newestEnd.minus(beforeNewestEnd);
        return Stream.concat(unread.stream(), again.stream())
                .map(TimeRange::from)
                .filter(overlap::isAfter)
                .min(Comparator.naturalOrder())
                .orElse(overlap);
    }

    /** These ranges as they are stored. */
    RecoveredEntries with(Map<String, Instant> delivered) {
        return new RecoveredEntries(unread, again, delivered);
    }

    private boolean isSettled(TimeRange range, Instant now) {
        return !now.isBefore(range.to().plus(lookback));
    }
}
