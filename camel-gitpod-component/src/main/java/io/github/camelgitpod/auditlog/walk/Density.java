package io.github.camelgitpod.auditlog.walk;

import io.github.camelgitpod.model.AuditLogEntry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** How close together the entries of the last few pages are, which is a guess at what comes next. */
final class Density {
    /** Fewer would take each short burst for the begin of a long one, more would not see a long one in time. */
    private static final int PAGES = 5;

    private final Deque<Page> pages = new ArrayDeque<>();

    private record Page(Instant first, Instant last, int entries) {}

    /** @param entries in order, and all those that are in the time that they go over */
    void add(List<AuditLogEntry> entries) {
        Instant first = entries.get(0).createdAt();
        Instant last = entries.get(entries.size() - 1).createdAt();
        if (first == null) {
            return;
        }
        pages.add(new Page(first, last, entries.size()));
        if (pages.size() > PAGES) {
            pages.remove();
        }
    }

    /** How much time so many entries go over, in microseconds; 0: not known, or none. */
    long spanOf(long entries) {
        if (pages.isEmpty()) {
            return 0;
        }
        long span = ChronoUnit.MICROS.between(
                pages.peekFirst().first(), pages.peekLast().last());
        double share =
                (double) entries / pages.stream().mapToLong(Page::entries).sum();
        return (long) (span * share);
    }
}
