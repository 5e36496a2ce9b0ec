package io.github.camelgitpod.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The keys of entries that were delivered, with their times, and which of them are stored in which part: a save writes only
 * those that are in none. Not safe for several threads.
 */
public final class DeliveredIds {
    private final Map<String, Instant> times = new HashMap<>();
    /** Those that no part has, or has with an earlier time. */
    private final Map<String, Instant> loose = new HashMap<>();
    /** In the order in which they were made. */
    private final List<Part> parts = new ArrayList<>();
    /** Since when the entries were counted last; null: they were not. */
    private Instant countedFrom;

    private long counted;

    /**
     * Some keys that are stored together, and stay as they are.
     *
     * @param slot   where
     * @param name   no other part had or will have it
     * @param newest of their times
     */
    record Part(int slot, String name, Instant newest, List<String> keys) {}

    /**
     * What is to become a part.
     *
     * @param merged the parts that it takes the place of
     */
    record Bundle(Map<String, Instant> content, List<Part> merged) {}

    /** Those of a cursor that knows of no part. */
    public static DeliveredIds of(Map<String, Instant> times) {
        DeliveredIds ids = new DeliveredIds();
        times.forEach(ids::put);
        return ids;
    }

    /** The entry was delivered, at this time or, if it was there before, not before the time then. */
    public void put(String key, Instant time) {
        Instant before = times.put(key, time);
        loose.put(key, time);
        if (countedFrom != null && isCounted(time) && (before == null || !isCounted(before))) {
            counted++;
        }
    }

    /** When the entry was created; null: it was not delivered. */
    public Instant time(String key) {
        return times.get(key);
    }

    public int size() {
        return times.size();
    }

    /** Of all of them. */
    public Collection<Instant> times() {
        return Collections.unmodifiableCollection(times.values());
    }

    /** How many are of this time or later. To ask again for the same time costs nothing. */
    public long countFrom(Instant time) {
        if (!time.equals(countedFrom)) {
            countedFrom = time;
            counted = times.values().stream().filter(this::isCounted).count();
        }
        return counted;
    }

    private boolean isCounted(Instant time) {
        return !time.isBefore(countedFrom);
    }

    /** @param dropped gets each that is before the bound, which is known no longer */
    public void dropBefore(Instant bound, BiConsumer<String, Instant> dropped) {
        times.entrySet().removeIf(entry -> {
            boolean before = entry.getValue().isBefore(bound);
            if (before) {
                dropped.accept(entry.getKey(), entry.getValue());
            }
            return before;
        });
        loose.values().removeIf(time -> time.isBefore(bound));
        parts.removeIf(part -> part.newest().isBefore(bound));
        countedFrom = null;
    }

    Map<String, Instant> loose() {
        return Collections.unmodifiableMap(loose);
    }

    List<Part> parts() {
        return Collections.unmodifiableList(parts);
    }

    /** What a stored part has. */
    void load(int slot, String name, Map<String, Instant> stored) {
        // The same key may be in a later part, or loose, with a later time.
        stored.forEach((key, time) -> times.merge(key, time, (one, other) -> one.isBefore(other) ? other : one));
        parts.add(part(slot, name, stored));
        countedFrom = null;
    }

    /**
     * What the next part has: at most so many keys, the loose ones first, and with them those of the last parts that are no
     * larger. So a key is written again only as often as what is remembered doubles.
     */
    Bundle next(int most) {
        Map<String, Instant> content = new HashMap<>();
        Iterator<Map.Entry<String, Instant>> first = loose.entrySet().iterator();
        while (first.hasNext() && content.size() < most) {
            Map.Entry<String, Instant> entry = first.next();
            content.put(entry.getKey(), entry.getValue());
        }
        List<Part> merged = new ArrayList<>();
        for (int i = parts.size() - 1; i >= 0; i--) {
            Part part = parts.get(i);
            if (part.keys().size() > content.size() || part.keys().size() + content.size() > most) {
                break;
            }
            part.keys().stream().filter(times::containsKey).forEach(key -> content.put(key, times.get(key)));
            merged.add(part);
        }
        return new Bundle(content, merged);
    }

    /** It is stored as a part: what it has is not loose any longer. */
    void moved(Bundle bundle, int slot, String name) {
        loose.keySet().removeAll(bundle.content().keySet());
        parts.removeAll(bundle.merged());
        parts.add(part(slot, name, bundle.content()));
    }

    private static Part part(int slot, String name, Map<String, Instant> content) {
        Instant newest = content.values().stream().max(Instant::compareTo).orElse(Instant.MIN);
        return new Part(slot, name, newest, List.copyOf(content.keySet()));
    }
}
