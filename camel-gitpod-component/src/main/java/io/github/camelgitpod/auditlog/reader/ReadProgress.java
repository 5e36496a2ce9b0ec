package io.github.camelgitpod.auditlog.reader;

import java.time.Instant;

/**
 * How far a read that is under way has come. What is left is a guess: that the rest of the range is as dense as the part
 * that was read.
 *
 * @param position         everything of the range that was created before it was delivered; null: nothing is being read
 * @param entries          entries read since the start of the read
 * @param entriesPerSecond the average since then
 * @param requests         requests sent since then
 * @param entriesLeft      entries still to be read, a guess
 * @param secondsLeft      seconds until the end of the read, a guess
 */
public record ReadProgress(
        Instant position, long entries, long entriesPerSecond, long requests, long entriesLeft, long secondsLeft) {

    /** Nothing is being read. */
    public static final ReadProgress NONE = new ReadProgress(null, 0, 0, 0, 0, 0);
}
