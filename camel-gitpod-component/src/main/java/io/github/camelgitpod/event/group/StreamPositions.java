package io.github.camelgitpod.event.group;

import io.github.camelgitpod.state.PositionStore;
import io.github.camelgitpod.state.StreamPosition;
import java.util.HashMap;
import java.util.Map;

/**
 * Where each stream stands, by scope, so that the next process knows what was missed and not told. What an earlier process
 * stored of a stream stays stored until this one has opened that stream.
 */
final class StreamPositions {
    private final PositionStore store;
    /** What an earlier process stored of streams that were not opened since; null: it was not loaded yet. */
    private Map<String, StreamPosition> unopened;

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
        unopened = new HashMap<>(stored);
    }

    synchronized boolean isLoaded() {
        return unopened != null;
    }

    /** What an earlier process stored of a stream that is opened now; null: nothing. */
    synchronized StreamPosition take(String scope) {
        return unopened.remove(scope);
    }

    /** The streams that were not opened will never be: their scopes are no more. */
    synchronized void forgetUnopened() {
        unopened.clear();
    }

    /** All positions. */
    synchronized Map<String, StreamPosition> with(Map<String, StreamPosition> open) {
        Map<String, StreamPosition> all = new HashMap<>(unopened);
        all.putAll(open);
        return all;
    }

    void save(Map<String, StreamPosition> all) {
        synchronized (store) {
            store.save(all);
        }
    }
}
