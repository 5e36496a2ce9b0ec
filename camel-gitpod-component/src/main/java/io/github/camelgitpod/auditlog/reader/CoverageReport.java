package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.client.Durations;
import io.github.camelgitpod.model.ShownText;
import io.github.camelgitpod.state.CoverageState;
import io.github.camelgitpod.state.CoverageState.Span;
import io.github.camelgitpod.state.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was delivered of the log without a break, as it was saved last, for somebody who has to sign it: the sentence, and why it is not
 * longer. Immutable.
 *
 * @param covered  the spans that were read
 * @param origin   whose entries these are
 * @param settings what is read
 * @param held     whether it reaches no further for now, since whose entries are read is not known
 */
public record CoverageReport(CoverageState covered, Origin origin, AuditLogReaderSettings settings, boolean held) {

    /** What nothing was delivered of. */
    public static final String NONE = "nothing was read yet";

    /** The span that goes on. */
    public Span current() {
        return covered.spans().get(covered.spans().size() - 1);
    }

    /**
     * In words, several lines.
     *
     * @param trouble what keeps it from being read just now; null: nothing
     */
    public String text(String trouble) {
        List<String> lines = new ArrayList<>();
        lines.add(sentence(current()));
        lines.add("What was read: " + origin + "; filter: " + ShownText.of(FilterText.of(settings.filter())));
        lines.add("It begins there because " + beginning(current()));
        lines.add("It ends there because " + ending() + (trouble == null ? "" : ". Now it is not read: " + trouble));
        lines.add("It rests on this: " + String.join("; ", assumptions()));
        List<Span> spans = covered.spans();
        for (int i = spans.size() - 2; i >= 0; i--) {
            lines.add("Before it: " + sentence(spans.get(i)) + "; it began there because " + beginning(spans.get(i)));
        }
        if (covered.forgotten() > 0) {
            lines.add("Before these: " + covered.forgotten() + " more, which are not kept");
        }
        return String.join("\n", lines);
    }

    private String sentence(Span span) {
        return "complete from %s to %s: %s, of them %d late, %s dropped; not complete: %s"
                .formatted(
                        time(span.from()),
                        span.until(),
                        count(span.entries(), "entry", "entries"),
                        span.late(),
                        count(span.dropped(), "duplicate", "duplicates"),
                        missing(span));
    }

    private String missing(Span span) {
        List<String> missing = new ArrayList<>();
        if (span.passedOver() > 0) {
            String ids = span.lastPassedOver().entrySet().stream()
                    .map(CoverageReport::entry)
                    .collect(Collectors.joining(", "));
            boolean all = span.lastPassedOver().size() == span.passedOver();
            missing.add("with " + count(span.passedOver(), "entry", "entries")
                    + " the route failed, and breakOnFirstError=false passed over: " + (all ? "" : "the last are ")
                    + ids);
        }
        if (span.beyondLookback() > 0) {
            missing.add(span.beyondLookback() + " of them became visible later than lookback, where only a sweep found"
                    + " them: others may have come later than its range, or may still come");
        }
        if (span.olderServer()) {
            missing.add("some of it was read from an older server, without time bounds: of entries of one time some may"
                    + " be missing");
        }
        if (span.clocks() != null) {
            missing.add("reads from " + span.clocks().from() + " to "
                    + span.clocks().to()
                    + " went by the earlier of two clocks that disagreed by more than lookback (the last time "
                    + span.clocks().text() + "): complete if one of them was right");
        }
        return missing.isEmpty() ? "nothing is known to be missing" : String.join("; ", missing);
    }

    private static String entry(Map.Entry<String, String> passedOver) {
        return ShownText.of(passedOver.getKey())
                + (passedOver.getValue() == null ? "" : " of " + passedOver.getValue());
    }

    private static String beginning(Span span) {
        return ShownText.of(span.why()) + " (at " + span.begunAt() + " by this machine's clock)";
    }

    private String ending() {
        if (held) {
            return "the server does not say whose entries are read now";
        }
        Instant to = settings.to();
        if (to != null && !current().until().isBefore(to)) {
            return "to=" + to + " is reached";
        }
        return "what was created later has not been read completely, or is younger than lookback="
                + Durations.text(settings.lookback()) + " and more of it may become visible";
    }

    private List<String> assumptions() {
        Duration sweep = settings.sweeps() ? settings.sweepRange() : null;
        return List.of(
                "an entry becomes visible within lookback=" + Durations.text(settings.lookback())
                        + " of its creation; later ones "
                        + (sweep == null
                                ? "are not looked for (sweepInterval is not set)"
                                : "are looked for by sweeps, until " + Durations.text(sweep) + " after it"),
                "one of two clocks is right, the server's or this machine's");
    }

    private static String time(Instant from) {
        return from.equals(Instant.EPOCH) ? "the beginning of the log" : from.toString();
    }

    private static String count(long count, String one, String more) {
        return count + " " + (count == 1 ? one : more);
    }
}
