package io.github.camelgitpod.event.group;

import io.github.camelgitpod.client.Durations;
import io.github.camelgitpod.event.stream.StreamClock;
import io.github.camelgitpod.model.GapReasons;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.state.PositionStore;
import io.github.camelgitpod.state.StreamPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where each stream stands, by scope, so that the next process knows what was missed and not told. What is known of a stream
 * that was not opened yet stays until it is: what an earlier process stored, and since when one has to wait for room.
 */
final class StreamPositions {
    private static final Logger LOG = LoggerFactory.getLogger(StreamPositions.class);
    /** Clocks of machines that share a state differ by less. */
    private static final Duration NOTICED = Duration.ofSeconds(1);

    private final PositionStore store;
    private final StreamClock clock;
    /** Of streams that were not opened yet; null: what an earlier process stored was not loaded yet. */
    private Map<String, Unopened> unopened;

    /**
     * Where a stream stands that was not opened yet.
     *
     * @param reason of the gap that begins there
     */
    record Unopened(StreamPosition position, String reason) {
        Beginning beginning() {
            return new Beginning(position.deliveredUpTo(), reason);
        }
    }

    StreamPositions(PositionStore store, StreamClock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Loads what an earlier process stored, the first time. */
    void load() {
        if (!isLoaded()) {
            Map<String, StreamPosition> stored;
            synchronized (store) {
                stored = store.load();
            }
            loaded(stored);
        }
    }

    private synchronized void loaded(Map<String, StreamPosition> stored) {
        unopened = new HashMap<>();
        Instant now = clock.steady().instant();
        Duration ahead = Duration.ZERO;
        for (Map.Entry<String, StreamPosition> scope : stored.entrySet()) {
            Instant position = clock.steady().momentOf(scope.getValue().deliveredUpTo());
            ahead = Durations.longer(ahead, Duration.between(now, position));
            StreamGap owed = scope.getValue().owed();
            StreamPosition known = new StreamPosition(earlier(position, now), owed == null ? null : before(now, owed));
            unopened.put(scope.getKey(), new Unopened(known, GapReasons.RESTART));
        }
        if (ahead.compareTo(NOTICED) > 0) {
            LOG.warn(
                    "Where the event streams stood is stored as {} from now: the clock was set back since, or another machine's"
                            + " is ahead. It is taken as now, and how much was missed before is not known",
                    ahead);
        }
    }

    private StreamGap before(Instant now, StreamGap gap) {
        return new StreamGap(
                earlier(clock.steady().momentOf(gap.from()), now),
                earlier(clock.steady().momentOf(gap.to()), now),
                gap.reason(),
                gap.attempts());
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    synchronized boolean isLoaded() {
        return unopened != null;
    }

    /** What is known of a stream that is opened now; null: nothing. */
    synchronized Unopened take(String scope) {
        return unopened.remove(scope);
    }

    /** There is no room for a stream that never was open: a gap begins then, unless one has begun before. */
    synchronized void keep(String scope, Instant since) {
        unopened.putIfAbsent(scope, new Unopened(new StreamPosition(since, null), GapReasons.MAX_STREAMS));
    }

    /** Of the streams that are not open, only these will ever be: the scopes of the others are no more. */
    synchronized void forgetUnopenedExcept(Predicate<String> scopes) {
        unopened.keySet().removeIf(scope -> !scopes.test(scope));
    }

    /** All positions. */
    synchronized Map<String, StreamPosition> with(Map<String, StreamPosition> open) {
        Map<String, StreamPosition> all = new HashMap<>();
        unopened.forEach((scope, where) -> all.put(scope, where.position()));
        all.putAll(open);
        return all;
    }

    void save(Map<String, StreamPosition> all) {
        Map<String, StreamPosition> byTimeOfDay = new HashMap<>();
        all.forEach((scope, position) -> byTimeOfDay.put(
                scope,
                new StreamPosition(
                        clock.steady().timeOfDay(position.deliveredUpTo()), clock.timeOfDay(position.owed()))));
        synchronized (store) {
            store.save(byTimeOfDay);
        }
    }
}
