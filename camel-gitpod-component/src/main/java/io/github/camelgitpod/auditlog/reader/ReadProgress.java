package io.github.camelgitpod.auditlog.reader;

import java.time.Instant;

/**
 * How far a read is that is under way. What is left is a guess, by how many entries there were for each hour of the log
 * until now.
 *
 * @param position         everything of the range that was created before it is delivered; null: nothing is being read
 * @param entries          read until now
 * @param entriesPerSecond on average
 * @param requests         sent until now
 * @param entriesLeft      to be read
 * @param secondsLeft      until then
 */
public record ReadProgress(
        Instant position, long entries, long entriesPerSecond, long requests, long entriesLeft, long secondsLeft) {

    /** Nothing is being read. */
    public static final ReadProgress NONE = new ReadProgress(null, 0, 0, 0, 0, 0);
}
