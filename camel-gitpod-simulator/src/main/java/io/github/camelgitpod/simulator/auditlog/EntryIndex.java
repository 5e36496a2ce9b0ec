package io.github.camelgitpod.simulator.auditlog;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.PageTokens;
import io.github.camelgitpod.simulator.protocol.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The visible entries, sorted by time and id, and the listing of them page by page. */
public final class EntryIndex {

    /**
     * A page.
     *
     * @param entries the JSON of each entry
     * @param nextToken empty at the end of the listing
     */
    public record Page(List<byte[]> entries, String nextToken) {}

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();
    private final Random ties = new Random(1);
    private Map<UUID, Row> byId;

    /**
     * Makes entries visible.
     *
     * @param entries in any order
     */
    public void add(Collection<Entry> entries) {
        lock.writeLock().lock();
        try {
            boolean sorted = true;
            for (Entry entry : entries) {
                Row row = new Row(entry, name -> name == null ? null : names.computeIfAbsent(name, same -> same));
                if (byId != null) {
                    byId.put(row.id(), row);
                }
                if (entries.size() == 1) {
                    rows.add(firstAfter(row.nanos, row.idHigh, row.idLow), row);
                } else {
                    sorted &= rows.isEmpty() || rows.get(rows.size() - 1).compareTo(row) <= 0;
                    rows.add(row);
                }
            }
            if (!sorted) {
                Collections.sort(rows);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /**
     * How many entries are visible.
     *
     * @return 0 or more
     */
    public int size() {
        lock.readLock().lock();
        try {
            return rows.size();
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * All visible entries, oldest first.
     *
     * @return a copy
     */
    public List<Entry> entries() {
        return copyOfRows().stream().map(Row::entry).toList();
    }

    /**
     * The ids of all entries; with many of them in much less memory than {@link #entries()}.
     *
     * @return a copy, by createdAt and id
     */
    public List<String> ids() {
        return copyOfRows().stream().map(row -> row.entry().id()).toList();
    }

    private List<Row> copyOfRows() {
        lock.readLock().lock();
        try {
            return new ArrayList<>(rows);
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Lists a page.
     *
     * @param query what to list
     * @param size how many entries at most
     * @param token where to begin; empty: at the beginning
     * @param kind how page tokens work
     * @return the page
     */
    public Page page(AuditLogQuery query, int size, String token, PageTokens kind) {
        String fingerprint = query.fingerprint();
        PageToken begin = token.isEmpty() ? null : PageToken.decode(token, kind, fingerprint);
        lock.readLock().lock();
        try {
            int low = query.from() == null ? 0 : firstFrom(query.from());
            int high = query.to() == null ? rows.size() : firstFrom(query.to());
            List<Row> found = new ArrayList<>(size + 1);
            boolean byOffset = kind == PageTokens.OFFSET || kind == PageTokens.OFFSET_UNSTABLE_TIES;
            long offset = byOffset && begin != null ? begin.position() : 0;
            if (kind == PageTokens.OFFSET_UNSTABLE_TIES) {
                List<Row> all = new ArrayList<>();
                collect(query, low, high, 0, Integer.MAX_VALUE, all);
                shuffleTies(all);
                int start = (int) Math.min(offset, all.size());
                found.addAll(all.subList(start, Math.min(start + size + 1, all.size())));
            } else {
                if (!byOffset && begin != null) {
                    boolean ties = kind == PageTokens.SKIPS_TIES;
                    if (query.ascending()) {
                        low = Math.max(low, ties ? after(begin.position()) : after(begin));
                    } else {
                        high = Math.min(high, ties ? firstFrom(begin.position()) : firstFrom(begin));
                    }
                }
                collect(query, low, high, offset, size + 1, found);
            }
            return cut(found, size, kind, fingerprint, byOffset ? offset + size : -1);
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Finds an entry.
     *
     * @param id a UUID
     * @return null if none with this id is visible
     */
    public Entry find(String id) {
        lock.writeLock().lock();
        try {
            // Made when the first entry is asked for: most users of the log only list it.
            if (byId == null) {
                byId = new HashMap<>();
                rows.forEach(row -> byId.put(row.id(), row));
            }
            Row row = byId.get(UUID.fromString(id));
            return row == null ? null : row.entry();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /**
     * A token for the beginning of a listing, as an empty page with a token before the first entry needs it.
     *
     * @param query what is listed
     * @param kind how page tokens work
     * @return a token
     */
    public static String startToken(AuditLogQuery query, PageTokens kind) {
        boolean byOffset = kind == PageTokens.OFFSET || kind == PageTokens.OFFSET_UNSTABLE_TIES;
        long position = byOffset ? 0 : query.ascending() ? Long.MIN_VALUE : Long.MAX_VALUE;
        return new PageToken(kind, query.fingerprint(), position, 0, 0).encode();
    }

    /**
     * Another token for the same place.
     *
     * @param token where
     * @param number makes it differ from others
     * @return a token
     */
    public static String renewedToken(String token, long number) {
        return PageToken.renewed(token, number);
    }

    private void collect(AuditLogQuery query, int low, int high, long skip, int limit, List<Row> found) {
        boolean all = query.selectsAll();
        long toSkip = all ? 0 : skip;
        int start = all ? (int) Math.min(skip, Math.max(high - low, 0)) : 0;
        for (int n = start; n < high - low && found.size() < limit; n++) {
            Row row = rows.get(query.ascending() ? low + n : high - 1 - n);
            if (all || query.selects(row)) {
                if (toSkip > 0) {
                    toSkip--;
                } else {
                    found.add(row);
                }
            }
        }
    }

    private static Page cut(List<Row> found, int size, PageTokens kind, String fingerprint, long nextOffset) {
        boolean more = found.size() > size;
        List<byte[]> entries = new ArrayList<>(Math.min(size, found.size()));
        for (int i = 0; i < found.size() && i < size; i++) {
            entries.add(found.get(i).json);
        }
        if (!more) {
            return new Page(entries, "");
        }
        Row last = found.get(size - 1);
        long position = nextOffset >= 0 ? nextOffset : last.nanos;
        return new Page(entries, new PageToken(kind, fingerprint, position, last.idHigh, last.idLow).encode());
    }

    private void shuffleTies(List<Row> all) {
        synchronized (ties) {
            for (int from = 0, to; from < all.size(); from = to) {
                to = from + 1;
                while (to < all.size() && all.get(to).nanos == all.get(from).nanos) {
                    to++;
                }
                Collections.shuffle(all.subList(from, to), ties);
            }
        }
    }

    private int firstFrom(Instant instant) {
        return firstFrom(Timestamps.nanos(instant));
    }

    private int firstFrom(long nanos) {
        return firstNotBefore(nanos, 0, 0);
    }

    private int firstFrom(PageToken token) {
        return firstNotBefore(token.position(), token.idHigh(), token.idLow());
    }

    private int after(PageToken token) {
        return firstAfter(token.position(), token.idHigh(), token.idLow());
    }

    private int after(long nanos) {
        return firstAfter(nanos, -1, -1);
    }

    private int firstNotBefore(long nanos, long idHigh, long idLow) {
        int low = 0;
        int high = rows.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows.get(middle).compareTo(nanos, idHigh, idLow) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int firstAfter(long nanos, long idHigh, long idLow) {
        int low = 0;
        int high = rows.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows.get(middle).compareTo(nanos, idHigh, idLow) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
