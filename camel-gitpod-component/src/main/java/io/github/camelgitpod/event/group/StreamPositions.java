package io.github.camelgitpod.event.group;

import io.github.camelgitpod.model.GapReasons;
import io.github.camelgitpod.state.PositionStore;
import io.github.camelgitpod.state.StreamPosition;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Where each stream stands, by scope, so that the next process knows what was missed and not told. What is known of a stream
 * that was not opened yet stays until it is: what an earlier process stored, and since when one has to wait for room.
 */
final class StreamPositions {
    private final PositionStore store;
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

    StreamPositions(PositionStore store) {
        this.store = store;
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
        stored.forEach((scope, position) -> unopened.put(scope, new Unopened(position, GapReasons.RESTART)));
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
        synchronized (store) {
            store.save(all);
        }
    }
}
