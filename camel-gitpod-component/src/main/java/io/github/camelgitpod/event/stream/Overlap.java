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
 * Finds where two connections of one scope meet: from some moment on, both carry the same lines. So what the new one
 * brought first is what the old one brought last. Where that can be seen in more than one way, as when a line is repeated,
 * the way is taken that knows fewer lines of the new one: some come twice then, none is lost. For one thread at a time.
 */
final class Overlap {
    /** After so long a line that one connection brought has come on the other one too, if it ever will. */
    static final Duration SETTLED = Duration.ofMillis(250);
    /** So long a pause is waited for; then the connections are compared as they run. */
    private static final Duration BUSY = Duration.ofMillis(500);
    /** The new connection's lines that are held back at most. */
    private static final int MOST_HELD = 4096;
    /** The old connection's lines that are remembered at most. */
    private static final int MOST_KNOWN = 4 * MOST_HELD;

    private List<Object> old = new ArrayList<>();
    private List<Long> oldTimes = new ArrayList<>();
    private final List<StreamLine> fresh = new ArrayList<>();
    private final List<Long> freshTimes = new ArrayList<>();

    void old(List<StreamLine> lines, long now) {
        for (StreamLine line : lines) {
            old.add(key(line));
            oldTimes.add(now);
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

    /** Whether it is time to ask {@link #meeting}: both pause, or will not. */
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

    /** Whether the old connection brought lines after that time, long ago, and the new one none at all. */
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

    /** Where in the old connection's lines the new one begins; empty: nowhere. */
    OptionalInt meeting(long now) {
        for (int at = old.size(); at >= 0; at--) {
            if (meetAt(at, now)) {
                return OptionalInt.of(at);
            }
        }
        return OptionalInt.empty();
    }

    /** The old connection's lines from there on, of which the new one's are no news. */
    Deque<Object> knownFrom(int at) {
        return new ArrayDeque<>(old.subList(at, old.size()));
    }

    /** The lines that are news, in order. Each line that is none is taken out of what is known; the first news ends that. */
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
        // What came only on one of them must be young: the other one has yet to bring it.
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
