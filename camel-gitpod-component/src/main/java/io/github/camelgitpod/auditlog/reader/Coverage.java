package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.state.CoverageState;
import io.github.camelgitpod.state.CoverageState.Doubt;
import io.github.camelgitpod.state.CoverageState.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What can be said of the log as read without a break, and why not more: from where, until when, how many entries, and what is
 * known to be missing. It claims nothing by itself: a span reaches as far as a complete full read, or the watermark, has come.
 * Kept with the cursor, in the same save, so that a crash takes back both.
 */
final class Coverage {
    /** Older spans and ids are counted only. */
    private static final int MOST_SPANS = 10;

    private static final int MOST_IDS = 50;
    private static final int LONGEST_TEXT = 500;

    private final List<Span> earlier = new ArrayList<>();
    private long forgotten;
    private Instant from;
    /** How far the last complete full read went. */
    private Instant fullyRead;

    private Instant begunAt;
    private String why;
    private long entries;
    private long late;
    private long beyondLookback;
    private long dropped;
    private long passedOver;
    private Map<String, String> lastPassedOver = new LinkedHashMap<>();
    private boolean olderServer;
    private Doubt clocks;
    private boolean changed;

    /** Of which no span has begun yet. */
    Coverage() {}

    /** As it was saved. */
    static Coverage of(CoverageState state) {
        Coverage coverage = new Coverage();
        List<Span> spans = state.spans();
        coverage.earlier.addAll(spans.subList(0, spans.size() - 1));
        coverage.forgotten = state.forgotten();
        Span current = spans.get(spans.size() - 1);
        coverage.from = current.from();
        coverage.fullyRead = current.until();
        coverage.begunAt = current.begunAt();
        coverage.why = current.why();
        coverage.entries = current.entries();
        coverage.late = current.late();
        coverage.beyondLookback = current.beyondLookback();
        coverage.dropped = current.dropped();
        coverage.passedOver = current.passedOver();
        coverage.lastPassedOver = new LinkedHashMap<>(current.lastPassedOver());
        coverage.olderServer = current.olderServer();
        coverage.clocks = current.clocks();
        return coverage;
    }

    /** The cursor does not go on: what was delivered until now says nothing about what is read from now on. */
    void end(AuditLogCursor cursor) {
        Instant until = until(cursor);
        earlier.add(span(until, entries - cursor.deliveredFrom(until)));
        if (earlier.size() > MOST_SPANS) {
            earlier.remove(0);
            forgotten++;
        }
    }

    /**
     * A span begins.
     *
     * @param at      where
     * @param now     by this machine's clock, for people
     * @param reason  in words
     * @param carried entries delivered before that count for it too
     */
    void begin(Instant at, Instant now, String reason, long carried) {
        from = at;
        fullyRead = at;
        begunAt = now;
        why = reason.length() > LONGEST_TEXT ? reason.substring(0, LONGEST_TEXT) + "..." : reason;
        entries = carried;
        late = 0;
        beyondLookback = 0;
        dropped = 0;
        passedOver = 0;
        lastPassedOver = new LinkedHashMap<>();
        olderServer = false;
        clocks = null;
        changed = true;
    }

    /** An entry was delivered. */
    void delivered(boolean isLate) {
        entries++;
        late += isLate ? 1 : 0;
        changed = true;
    }

    /** One was delivered that only a sweep could find. */
    void deliveredBySweep() {
        delivered(true);
        beyondLookback++;
    }

    /** Entries were listed again in the read that delivered them. */
    void dropped(int count) {
        dropped += count;
    }

    /** The route failed with the entry, which counts as delivered. */
    void passedOver(AuditLogEntry entry) {
        passedOver++;
        lastPassedOver.put(entry.key(), Objects.toString(entry.createdAt(), null));
        if (lastPassedOver.size() > MOST_IDS) {
            lastPassedOver.remove(lastPassedOver.keySet().iterator().next());
        }
        changed = true;
    }

    /** Of one that takes no time bounds not all can be known. */
    void readFromOlderServer() {
        changed |= !olderServer;
        olderServer = true;
    }

    /**
     * A full read has delivered everything created before this time. It may be earlier than that of the read before, if a clock
     * was set back: then the later one rested on a clock that was wrong.
     *
     * @param last whether nothing will be read after it
     */
    void fullyRead(Instant bound, Clocks now, boolean last) {
        fullyRead = bound;
        changed |= last;
        if (!now.agree()) {
            clocks = new Doubt(clocks == null ? now.earliest() : clocks.from(), now.earliest(), now.text());
            changed = true;
        }
    }

    /** Until when everything is delivered, as of the last complete full read, or as the cursor says. */
    private Instant until(AuditLogCursor cursor) {
        return Clocks.later(fullyRead, cursor.watermark());
    }

    private Span span(Instant until, long entriesBefore) {
        return new Span(
                from,
                until,
                begunAt,
                why,
                // Of what another organization's cursor remembers nothing counts.
                Math.max(0, entriesBefore),
                late,
                beyondLookback,
                dropped,
                passedOver,
                new LinkedHashMap<>(lastPassedOver),
                olderServer,
                clocks);
    }

    /** Whether it differs from what was saved last in more than how far it reaches, which the next full read finds again. */
    boolean hasChanged() {
        return changed;
    }

    void saved() {
        changed = false;
    }

    /** What to save. */
    CoverageState toState(AuditLogCursor cursor) {
        return state(span(until(cursor), entries));
    }

    /** The same for people: with the entries of the span only, not those delivered that were created after its end. */
    CoverageState shown(AuditLogCursor cursor) {
        Instant until = until(cursor);
        return state(span(until, entries - cursor.deliveredFrom(until)));
    }

    private CoverageState state(Span current) {
        List<Span> spans = new ArrayList<>(earlier);
        spans.add(current);
        return new CoverageState(spans, forgotten);
    }
}
