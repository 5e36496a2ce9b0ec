package io.github.camelgitpod.examples.demo;

import java.io.PrintStream;
import java.util.Locale;

/** Tells how a run went, and what to do next. */
final class Summary {
    private final PrintStream out;

    Summary(PrintStream out) {
        this.out = out;
    }

    void tell(DemoResult result) {
        Flow flow = result.flow();
        AuditLogFile.Check check = result.check();
        line("");
        if (result.failure() != null) {
            line("  NOT CONNECTED to %s: %s", result.address(), result.failure());
        }
        line(
                "  In this run   %,d entries%s, %,d events, %,d gaps, %,d failed exchanges",
                flow.entries(), rate(flow), flow.events(), flow.gaps(), flow.failures());
        if (flow.first() != null) {
            line("  First, last   %s, %s", flow.first(), flow.last());
        }
        line(
                "  File          %s: %,d lines, %s, %s",
                result.file(),
                check.lines(),
                none(check.repeated(), "no id twice", "%,d ids REPEATED"),
                none(check.outOfOrder(), "in createdAt order", "%,d lines older than the one before"));
        if (result.serverEntries() >= 0) {
            line("  Simulator     %s", comparison(check, result.serverEntries()));
        }
        line("");
        line(
                "  Again         mvn -q -Ddemo    (goes on where this run ended; to begin anew, delete %s)",
                result.file().getParent());
        if (result.serverEntries() >= 0) {
            line("  Your own      GITPOD_API_KEY=<a personal access token> mvn -q -Ddemo");
        }
    }

    private static String comparison(AuditLogFile.Check check, int entries) {
        if (check.different() > 0) {
            return "%,d lines are NOT what the simulator has in that place".formatted(check.different());
        }
        long waiting = entries - check.lines();
        return waiting == 0
                ? "%,d entries, exactly these, text for text".formatted(entries)
                : "%,d entries, the file holds the first ones, text for text; the next run brings the other %,d"
                        .formatted(entries, waiting);
    }

    private static String rate(Flow flow) {
        return flow.backlogRate() == 0
                ? ""
                : String.format(Locale.ROOT, " (%,.0f a second while catching up)", flow.backlogRate());
    }

    private static String none(long count, String good, String bad) {
        return count == 0 ? good : String.format(Locale.ROOT, bad, count);
    }

    private void line(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
    }
}
