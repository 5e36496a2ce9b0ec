package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.client.AuditLogEntry;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A part of the range that a {@link ReadAheadWalk} reads, with what was read of it and not handed out yet. Only
 * {@link #fetch} runs elsewhere, and nothing else is asked of the window meanwhile that it changes.
 */
final class Window {
    /** Of those cut off a window that turns out dense; each is twice as long as the one before, as is the doubt about it. */
    private static final int MOST_PARTS = 4;

    private final BiFunction<Instant, Instant, Walk> walks;
    private final Instant start;
    private final Walk walk;
    private final Deque<Page> pages = new ArrayDeque<>();
    private Instant end;
    private boolean busy;
    private boolean complete;
    private IOException failure;

    /**
     * What one step of a window's walk brought.
     *
     * @param entries  null: there were no more
     * @param position nothing of the window that was created before it is still to come after these
     * @param last     whether these were the last
     * @param failure  in place of all that; null: it went well
     */
    record Page(Window window, List<AuditLogEntry> entries, Instant position, boolean last, IOException failure) {}

    /** @param walks makes the walk through a range */
    Window(BiFunction<Instant, Instant, Walk> walks, Instant start, Instant end) {
        this.walks = walks;
        this.start = start;
        this.end = end;
        this.walk = walks.apply(start, end);
        this.complete = walk.isComplete();
    }

    /** Takes the next step; from one thread at a time. */
    Page fetch() {
        try {
            List<AuditLogEntry> entries = walk.next();
            return new Page(this, entries, walk.position(), entries == null || walk.isComplete(), null);
        } catch (IOException e) {
            return new Page(this, null, walk.position(), false, e);
        }
    }

    void begin() {
        busy = true;
    }

    /** Takes what a step brought. */
    void end(Page page) {
        busy = false;
        failure = page.failure();
        complete = page.last();
        if (page.entries() != null) {
            pages.add(page);
        }
    }

    /** Whether the next step may be taken. */
    boolean isIdle() {
        return !busy && !complete && failure == null;
    }

    /** Whether a step is being taken. */
    boolean isBusy() {
        return busy;
    }

    /** Whether all of it has been read. */
    boolean isComplete() {
        return complete;
    }

    /** What reading it failed with; null: it did not. */
    IOException failure() {
        return failure;
    }

    Instant end() {
        return end;
    }

    /** Pages to be handed out. */
    int buffered() {
        return pages.size();
    }

    /** The next page to be handed out; null: none is there. */
    Page poll() {
        return pages.poll();
    }

    /**
     * Ends this window where it has come to, when there is much more in it than one should hold, going by the entries
     * that were read last.
     *
     * @param pagesPerWindow how many pages one should hold
     * @return the windows that come in place of the rest; none: this one stays as it is
     */
    List<Window> cut(Page page, int pageSize, int pagesPerWindow) {
        long span = Density.spanOfPage(page.entries(), page.position(), pageSize);
        // From the window's start a new one would begin anew for ever.
        if (complete || span <= 0 || !page.position().isAfter(start)) {
            return List.of();
        }
        long size = span * pagesPerWindow;
        Instant begin = page.position();
        List<Window> parts = new ArrayList<>();
        for (int i = 0; i < MOST_PARTS && ChronoUnit.MICROS.between(begin, end) > size * 3 / 2; i++) {
            Instant cut = begin.plus(size, ChronoUnit.MICROS);
            parts.add(new Window(walks, begin, cut));
            begin = cut;
            size = i == 0 ? size : size * 2;
        }
        if (!parts.isEmpty()) {
            parts.add(new Window(walks, begin, end));
            end = page.position();
            complete = true;
        }
        return parts;
    }
}
