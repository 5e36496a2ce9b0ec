package io.github.camelgitpod.examples.demo;

import java.time.Duration;
import java.time.Instant;

/**
 * What flowed through the demo's routes in this run.
 *
 * @param at          until when
 * @param entries     audit-log entries
 * @param backlog     how many of them were created before this run
 * @param events      events
 * @param gaps        gaps that events were marked with
 * @param failures    exchanges that failed
 * @param first       when the first entry was created; null without one
 * @param last        when the last entry was created; null without one
 * @param backlogFrom when the first entry of the backlog was through; null without one
 * @param backlogTo   when its latest one was
 */
record Flow(
        Instant at,
        long entries,
        long backlog,
        long events,
        long gaps,
        long failures,
        Instant first,
        Instant last,
        Instant backlogFrom,
        Instant backlogTo) {

    private static final int TELLING = 1_000;

    /** How long ago the last entry was created; zero without one. */
    Duration lag() {
        return last == null ? Duration.ZERO : Duration.between(last, at);
    }

    /** Entries of the backlog per second; 0 when there were too few to tell. */
    double backlogRate() {
        long millis =
                backlog < TELLING ? 0 : Duration.between(backlogFrom, backlogTo).toMillis();
        return millis == 0 ? 0 : (backlog - 1) * 1000.0 / millis;
    }

    /** Entries per second since an earlier look; 0 when no time has passed. */
    double rateSince(Flow earlier) {
        long millis = Duration.between(earlier.at, at).toMillis();
        return millis <= 0 ? 0 : (entries - earlier.entries) * 1000.0 / millis;
    }
}
