package io.github.camelgitpod.auditlog.walk;

import io.github.camelgitpod.model.AuditLogEntry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** How close together the entries of the last few pages are: a guess at how close the next ones will be. */
final class Density {
    /** With fewer pages, every short burst looks like a long one. With more, a long burst is noticed too late. */
    private static final int PAGES = 5;

    private final Deque<Page> pages = new ArrayDeque<>();

    private record Page(Instant first, Instant last, int entries) {}

    /** @param entries all that were created between the first and the last of them, in order */
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

    /** How many microseconds so many entries span at this density; 0: unknown, or they share one time. */
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
