package io.github.camelgitpod.state;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is kept of a coverage report between two processes. Its size is bounded, however long a consumer runs.
 *
 * @param spans     oldest first; the last is the one that goes on
 * @param forgotten how many older ones are not kept any more
 */
public record CoverageState(List<Span> spans, long forgotten) {

    public CoverageState {
        spans = List.copyOf(spans);
    }

    /**
     * A part of the log that was read without a break.
     *
     * @param from            where it begins
     * @param until           everything of it that was created before is delivered, as of the last complete read
     * @param begunAt         when that began, by this machine's clock
     * @param why             why it begins there, in words
     * @param entries         entries delivered; of one that has ended, only those created before {@code until}
     * @param late            of these, entries that became visible after newer ones had been delivered
     * @param beyondLookback  of these, entries that only a sweep could find
     * @param dropped         entries that were listed again in the read that delivered them, and not delivered again
     * @param passedOver      entries with which the route failed, and that are not delivered again
     * @param lastPassedOver  the last of these, the time of creation by the entry's key; null for one without a time
     * @param olderServer     whether some of it was read from a server that takes no time bounds
     * @param clocks          when two clocks disagreed; null: they never did
     */
    public record Span(
            Instant from,
            Instant until,
            Instant begunAt,
            String why,
            long entries,
            long late,
            long beyondLookback,
            long dropped,
            long passedOver,
            Map<String, String> lastPassedOver,
            boolean olderServer,
            Doubt clocks) {}

    /**
     * A time in which reads went by one of two clocks that disagreed.
     *
     * @param from the first such read
     * @param to   the last one
     * @param text what they said then
     */
    public record Doubt(Instant from, Instant to, String text) {}
}
