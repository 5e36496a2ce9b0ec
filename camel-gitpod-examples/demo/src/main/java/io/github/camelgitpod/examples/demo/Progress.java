package io.github.camelgitpod.examples.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Tells how far the audit log is: often while it catches up, then now and then. */
final class Progress {
    private static final Duration CAUGHT_UP = Duration.ofSeconds(10);
    private static final Duration QUIET = Duration.ofSeconds(15);

    private final PrintStream out;
    private Flow told;
    /** Null: it is connected. */
    private String reported;

    Progress(PrintStream out, Flow start) {
        this.out = out;
        this.told = start;
    }

    /**
     * To be called about once a second.
     *
     * @param failure why the audit log cannot be read now; null: it can
     */
    void tell(Flow flow, String failure) {
        boolean catchingUp = flow.entries() > told.entries() && flow.lag().compareTo(CAUGHT_UP) > 0;
        if (failure != null && !failure.equals(reported)) {
            out.println("  NOT CONNECTED: " + failure);
        } else if (failure == null && reported != null) {
            out.println("  Connected again");
        }
        reported = failure;
        if (failure == null
                && (catchingUp || Duration.between(told.at(), flow.at()).compareTo(QUIET) >= 0)) {
            out.println(line(flow, catchingUp ? "catching up" : "up to date"));
            told = flow;
        }
    }

    private String line(Flow flow, String state) {
        return String.format(
                Locale.ROOT,
                "  audit log %s: %,d entries, at %s, %,.1f/s, lag %s; %,d events",
                state,
                flow.entries(),
                flow.last() == null
                        ? "the beginning (no entry in this run yet)"
                        : flow.last().truncatedTo(ChronoUnit.SECONDS),
                flow.rateSince(told),
                inWords(flow.lag()),
                flow.events());
    }

    private static String inWords(Duration duration) {
        return duration.truncatedTo(ChronoUnit.SECONDS).toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
