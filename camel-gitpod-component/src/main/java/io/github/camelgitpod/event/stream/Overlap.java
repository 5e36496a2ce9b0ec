package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamLine;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;

/**
 * Finds where two connections of one scope meet. From some moment on both carry the same lines: the last lines of the old
 * connection are the first lines of the new one. When several places fit, as with repeated lines, the latest is taken. Then
 * fewer lines of the new connection count as known: some may come twice, and none is lost. For one thread at a time.
 */
final class Overlap {
    /** A line that one connection brought and the other one did not bring within this time will not come there any more. */
    static final Duration SETTLED = Duration.ofMillis(250);
    /** The longest wait for a pause on both connections; after that they are compared while lines still come. */
    private static final Duration BUSY = Duration.ofMillis(500);
    /** The most lines of the new connection that are kept back. */
    private static final int MOST_HELD = 4096;
    /** The most lines of the old connection that are remembered. */
    private static final int MOST_KNOWN = 4 * MOST_HELD;

    private List<Object> old = new ArrayList<>();
    private List<Long> oldTimes = new ArrayList<>();
    private final List<StreamLine> fresh = new ArrayList<>();
    private final List<Long> freshTimes = new ArrayList<>();

    void old(List<StreamLine> lines, long now) {
        for (StreamLine line : lines) {
            // What the end cut off is no line that the new one could bring, too.
            if (!(line instanceof StreamLine.Skipped skipped && skipped.isCutOff())) {
                old.add(key(line));
                oldTimes.add(now);
            }
        }
        if (old.size() > 2 * MOST_KNOWN) {
            old = new ArrayList<>(old.subList(old.size() - MOST_KNOWN, old.size()));
            oldTimes = new ArrayList<>(oldTimes.subList(oldTimes.size() - MOST_KNOWN, oldTimes.size()));
        }
    }

    void fresh(List<StreamLine> lines, long now) {
        for (StreamLine line : lines) {
            fresh.add(line);
            freshTimes.add(now);
        }
    }

    /** What the new connection brought. */
    List<StreamLine> fresh() {
        return fresh;
    }

    boolean isFull() {
        return fresh.size() >= MOST_HELD;
    }

    /** Whether it is time to ask {@link #meeting}: both connections pause, or no pause is in sight. */
    boolean isSettled(long now) {
        if (fresh.isEmpty()) {
            return false;
        }
        long last = freshTimes.get(fresh.size() - 1);
        if (!old.isEmpty()) {
            last = Math.max(last, oldTimes.get(old.size() - 1));
        }
        return isFull()
                || now - last >= SETTLED.toNanos()
                || now - freshTimes.get(0) >= BUSY.plus(SETTLED).toNanos();
    }

    /** Whether the old connection brought lines well after that time, and the new one has still brought none. */
    boolean isFreshDeaf(long time, long now) {
        return fresh.isEmpty()
                && !old.isEmpty()
                && oldTimes.get(old.size() - 1) - time > SETTLED.toNanos()
                && now - oldTimes.get(old.size() - 1) > 4 * SETTLED.toNanos();
    }

    /** Whether the old connection has paused. */
    boolean isOldQuiet(long now) {
        return old.isEmpty() || isOld(oldTimes.get(old.size() - 1), now);
    }

    int oldSize() {
        return old.size();
    }

    /** At which of the old connection's lines the new one begins; empty: they do not meet. */
    OptionalInt meeting(long now) {
        for (int at = old.size(); at >= 0; at--) {
            if (meetAt(at, now)) {
                return OptionalInt.of(at);
            }
        }
        return OptionalInt.empty();
    }

    /** The old connection's lines from there on: the new connection brings them again. */
    Deque<Object> knownFrom(int at) {
        return new ArrayDeque<>(old.subList(at, old.size()));
    }

    /** The lines that are new, in order. A known line is taken out of {@code known}; after the first new line all are new. */
    static List<StreamLine> news(List<StreamLine> lines, Deque<Object> known) {
        if (known.isEmpty()) {
            return lines;
        }
        List<StreamLine> news = new ArrayList<>();
        for (StreamLine line : lines) {
            if (!known.isEmpty() && known.peek().equals(key(line))) {
                known.remove();
            } else {
                known.clear();
                news.add(line);
            }
        }
        return news;
    }

    private boolean meetAt(int at, long now) {
        int both = Math.min(fresh.size(), old.size() - at);
        // A line that only one of them brought must be young: the other one can still bring it.
        if (fresh.size() > both && isOld(freshTimes.get(both), now)) {
            return false;
        }
        if (old.size() - at > both && isOld(oldTimes.get(at + both), now)) {
            return false;
        }
        for (int i = 0; i < both; i++) {
            if (!old.get(at + i).equals(key(fresh.get(i)))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOld(long time, long now) {
        return now - time >= SETTLED.toNanos();
    }

    private static Object key(StreamLine line) {
        return line instanceof GitpodEvent event ? event.json() : line;
    }
}
