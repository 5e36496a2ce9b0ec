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
 * A part of the range that a {@link ReadAheadWalk} reads, with the pages that were read of it and not handed out yet. Only
 * {@link #fetch} runs in another thread. It changes nothing but the window's own walk, which nobody else uses meanwhile.
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
     * @param entries  null: there were no more, or the step failed
     * @param position nothing of the window that was created before this time is still to come after these entries
     * @param last     whether these were the last entries
     * @param failure  why the step failed; null: it did not
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

    /** Takes the next step. Called by one thread at a time. */
    Page fetch() {
        try {
            List<AuditLogEntry> entries = walk.next();
            return new Page(this, entries, walk.position(), entries == null || walk.isComplete(), null);
        } catch (IOException e) {
            return new Page(this, null, walk.position(), false, e);
        }
    }

    /** A step is being taken from now on. */
    void stepStarted() {
        busy = true;
    }

    /** Notes what a step brought. */
    void stepEnded(Page page) {
        busy = false;
        failure = page.failure();
        complete = page.last();
        if (page.entries() != null) {
            pages.add(page);
        }
    }

    /** Whether a next step can be taken. */
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

    /** Why reading it failed; null: it did not. */
    IOException failure() {
        return failure;
    }

    Instant end() {
        return end;
    }

    /** How many pages wait to be handed out. */
    int buffered() {
        return pages.size();
    }

    /** The next page to be handed out; null: none waits. */
    Page poll() {
        return pages.poll();
    }

    /**
     * Ends this window at its position and makes new windows of what is left of it, if that is much more than one window
     * should hold. How much is left is guessed by the density of the last pages.
     *
     * @param page    what was read last
     * @param entries how many entries a window should hold
     * @param most    how many windows of that size to make
     * @return these windows, and one more for the rest; none: this window stays as it is
     */
    List<Window> cut(Page page, int entries, int most) {
        if (complete || !isWhole(page)) {
            return List.of();
        }
        density.add(page.entries());
        long size = density.spanOf(entries);
        Instant begin = page.position();
        // A new window from the same start would be read, and cut, in the same way for ever.
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

    /** Whether a new walk from the position would repeat only entries that were created at that time. */
    private static boolean isWhole(Page page) {
        if (page.entries() == null || page.entries().isEmpty()) {
            return false;
        }
        Instant last = page.entries().get(page.entries().size() - 1).createdAt();
        return last != null && !page.position().isBefore(Granule.floor(last));
    }
}
