package io.github.camelgitpod.auditlog.walk;

import io.github.camelgitpod.model.AuditLogEntry;
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
    private final BiFunction<Instant, Instant, Walk> walks;
    private final Instant start;
    private final Walk walk;
    private final Deque<Page> pages = new ArrayDeque<>();
    private final Density density = new Density();
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
    public record Page(
            Window window, List<AuditLogEntry> entries, Instant position, boolean last, IOException failure) {}

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
     * Ends this window where it has come to, when there is much more in it than one should hold, going by the density of
     * what was read of it last.
     *
     * @param page    what was read last
     * @param entries how many one should hold
     * @param most    how many such windows to make at once
     * @return these, and one for all the rest; none: this one stays as it is
     */
    List<Window> cut(Page page, int entries, int most) {
        if (complete || !isWhole(page)) {
            return List.of();
        }
        density.add(page.entries());
        long size = density.spanOf(entries);
        Instant begin = page.position();
        // From this window's start a new one would begin anew for ever.
        if (size == 0 || !begin.isAfter(start)) {
            return List.of();
        }
        List<Window> parts = new ArrayList<>();
        while (parts.size() < most && ChronoUnit.MICROS.between(begin, end) > size * 3 / 2) {
            Instant next = begin.plus(size, ChronoUnit.MICROS);
            parts.add(new Window(walks, begin, next));
            begin = next;
        }
        if (!parts.isEmpty()) {
            parts.add(new Window(walks, begin, end));
            end = page.position();
            complete = true;
        }
        return parts;
    }

    /** Whether a walk from the position on would repeat nothing but what was created at it. */
    private static boolean isWhole(Page page) {
        if (page.entries() == null || page.entries().isEmpty()) {
            return false;
        }
        Instant last = page.entries().get(page.entries().size() - 1).createdAt();
        return last != null && !page.position().isBefore(Granule.floor(last));
    }
}
