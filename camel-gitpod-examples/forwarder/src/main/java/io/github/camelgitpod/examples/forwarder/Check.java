package io.github.camelgitpod.examples.forwarder;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.slf4j.LoggerFactory;

/** Tries what a run needs, and says in a line each what is right and what is wrong. */
final class Check {
    private static final String READER = "io.github.camelgitpod.auditlog.AuditLogPoll";

    private static final Pattern OF_PLACE = Pattern.compile("^no stored cursor|entries wait to be delivered$");

    private final Settings settings;
    private final PrintWriter out;
    private boolean good = true;

    Check(Settings settings, PrintWriter out) {
        this.settings = settings;
        this.out = out;
    }

    /** False: something is wrong. Nothing is delivered, and no place in the audit log stored. */
    boolean run() throws Exception {
        ListAppender<ILoggingEvent> findings = new ListAppender<>();
        findings.start();
        silence();
        // The component's dry run tells in the log what it finds.
        logger(READER).addAppender(findings);
        Map<String, String> mode = Run.dry();
        boolean placed;
        try (Place place = new Place(settings)) {
            placed = attempt(place.toString(), place::check);
        }
        if (placed) {
            mode.putAll(Place.options(settings));
        }
        if (HealthPort.isWanted(settings)) {
            attempt("", () -> HealthPort.tryToOpen(settings));
        }
        boolean token = settings.get(FileFunction.TOKEN_FILE) == null
                || attempt("", () -> {
                    FileFunction.tryToReadToken(settings);
                    return "the token's file can be read";
                });
        String checks = "forwarder/checks/" + settings.get("sink");
        try (Run run = new Run(settings, mode, entry -> {})) {
            CamelContext camel = token ? run.start(checks) : run.startSink(checks);
            if (token) {
                auditLog(run, findings, placed);
            }
            attempt("the sink " + settings.get("sink"), () -> sink(camel));
        }
        return good;
    }

    /** Nothing is logged any more, since what is printed is the answer. */
    static void silence() {
        logger("ROOT").detachAndStopAllAppenders();
    }

    private void auditLog(Run run, ListAppender<ILoggingEvent> findings, boolean placed) throws InterruptedException {
        String answer = run.awaitAnswer();
        findings.list.stream()
                .filter(event -> event.getMessage().startsWith("Dry run"))
                .map(event -> (String) event.getArgumentArray()[1])
                // Without a place it would tell where a new one begins, which is not where this one goes on.
                .filter(finding -> placed || !OF_PLACE.matcher(finding).find())
                .forEach(finding -> say(!finding.startsWith("they disagree"), finding));
        if (!answer.equals("FINISHED")) {
            say(false, "the audit log: " + run.reading().message());
        }
    }

    private String sink(CamelContext camel) throws Exception {
        if (settings.get("file.path") != null) {
            Place.tryToWrite(Path.of(settings.get("file.path")).toAbsolutePath().getParent());
        }
        Exchange answer = camel.createProducerTemplate().request("direct:check", exchange -> {});
        if (answer.getException() != null) {
            throw answer.getException();
        }
        return answer.getMessage().getBody(String.class);
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    private boolean attempt(String what, Attempt attempt) {
        try {
            say(true, after(what) + attempt.run());
            return true;
        } catch (Exception e) {
            say(false, after(what) + (e instanceof IOException ? e.toString() : e.getMessage()));
            return false;
        }
    }

    private static String after(String what) {
        return what.isEmpty() ? "" : what + ": ";
    }

    private void say(boolean right, String finding) {
        good &= right;
        out.println((right ? "ok     " : "WRONG  ") + SettingsException.inOwnWords(finding));
    }

    private interface Attempt {
        String run() throws Exception;
    }
}
