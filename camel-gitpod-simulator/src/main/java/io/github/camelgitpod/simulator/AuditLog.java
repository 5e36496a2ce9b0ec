package io.github.camelgitpod.simulator;

import io.github.camelgitpod.simulator.auditlog.AuditLogQuery;
import io.github.camelgitpod.simulator.auditlog.EntryIndex;
import io.github.camelgitpod.simulator.protocol.Paging;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;

/** The organization's audit log. Safe for use by several threads. */
public final class AuditLog {

    private record Hidden(Entry entry, Instant visibleAt) {}

    private final InstantSource clock;
    private final EntryIndex visible = new EntryIndex();
    private final PriorityQueue<Hidden> hidden = new PriorityQueue<>(Comparator.comparing(Hidden::visibleAt));
    private final Map<String, String> details = new ConcurrentHashMap<>();

    AuditLog(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Adds an entry that is visible at once, whatever its {@code createdAt}.
     *
     * @param entry the entry; its id should be new
     * @return the same entry
     */
    public Entry add(Entry entry) {
        visible.add(List.of(entry));
        return entry;
    }

    /**
     * Adds an entry that becomes visible later than others.
     *
     * @param entry the entry
     * @param visibleAt from this instant of the simulator's clock on it is listed
     * @return the same entry
     */
    public Entry add(Entry entry, Instant visibleAt) {
        synchronized (hidden) {
            hidden.add(new Hidden(entry, visibleAt));
        }
        return entry;
    }

    /**
     * Adds many entries at once, visible at once; the fast way.
     *
     * @param entries in any order
     */
    public void addAll(Collection<Entry> entries) {
        visible.add(entries);
    }

    /**
     * All entries that were ever visible.
     *
     * @return a copy, by createdAt and id
     */
    public List<Entry> entries() {
        return current().entries();
    }

    /**
     * The ids of all entries that were ever visible.
     *
     * @return a copy, by createdAt and id
     */
    public List<String> ids() {
        return current().ids();
    }

    /**
     * How many entries are visible.
     *
     * @return 0 or more; those that become visible later do not count yet
     */
    public int size() {
        return current().size();
    }

    /**
     * Gives an entry details for {@code GetAuditLog}.
     *
     * @param entryId its id
     * @param detailsJson the JSON object to answer as {@code details}
     */
    public void details(String entryId, String detailsJson) {
        details.put(entryId, detailsJson);
    }

    EntryIndex.Page page(AuditLogQuery query, Paging paging, PageTokens tokens) {
        return current().page(query, paging.size(), paging.token(), tokens);
    }

    Entry find(String id) {
        return current().find(id);
    }

    String detailsOf(String entryId) {
        return details.get(entryId);
    }

    private EntryIndex current() {
        synchronized (hidden) {
            if (!hidden.isEmpty()) {
                Instant now = clock.instant();
                List<Entry> due = new ArrayList<>();
                while (!hidden.isEmpty() && !hidden.peek().visibleAt().isAfter(now)) {
                    due.add(hidden.poll().entry());
                }
                visible.add(due);
            }
        }
        return visible;
    }
}
