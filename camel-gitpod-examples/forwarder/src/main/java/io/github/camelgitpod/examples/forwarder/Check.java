package io.github.camelgitpod.examples.forwarder;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.camelgitpod.state.CrashSafeFileStateRepository;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.slf4j.LoggerFactory;

/** Tries what a run needs, and says in a line each what is right and what is wrong. */
final class Check {
    private static final String READER = "io.github.camelgitpod.auditlog.AuditLogPoll";

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
        logger("ROOT").detachAndStopAllAppenders();
        // The component's dry run tells in the log what it finds.
        logger(READER).addAppender(findings);
        boolean state = attempt("the state directory " + settings.get("stateDirectory"), this::state);
        Map<String, String> mode = Run.dry();
        if (state) {
            mode.put(Settings.KAMELET + "stateDirectory", settings.get("stateDirectory"));
        }
        try (Run run = new Run(settings, mode, entry -> {})) {
            CamelContext camel = run.start("forwarder/checks/" + settings.get("sink"));
            String answer = run.awaitAnswer();
            findings.list.stream()
                    .filter(event -> event.getMessage().startsWith("Dry run"))
                    .map(event -> (String) event.getArgumentArray()[1])
                    .forEach(finding -> say(!finding.startsWith("they disagree"), finding));
            if (!answer.equals("FINISHED")) {
                say(false, "the audit log: " + run.message());
            }
            attempt("the sink " + settings.get("sink"), () -> sink(camel));
        }
        return good;
    }

    private String state() throws IOException {
        Path directory = Path.of(settings.get("stateDirectory"));
        try (CrashSafeFileStateRepository repository = new CrashSafeFileStateRepository(directory)) {
            repository.start();
            write(directory);
            return repository.getState(Settings.STATE_KEY) == null
                    ? "can be written, and holds no place yet"
                    : "can be written, and holds the place to go on";
        }
    }

    private String sink(CamelContext camel) throws Exception {
        if (settings.get("file.path") != null) {
            write(Path.of(settings.get("file.path")).toAbsolutePath().getParent());
        }
        Exchange answer = camel.createProducerTemplate().request("direct:check", exchange -> {});
        if (answer.getException() != null) {
            throw answer.getException();
        }
        return answer.getMessage().getBody(String.class);
    }

    private static void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.delete(Files.createTempFile(directory, ".check", null));
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    private boolean attempt(String what, Attempt attempt) {
        try {
            say(true, what + ": " + attempt.run());
            return true;
        } catch (Exception e) {
            say(false, what + ": " + (e instanceof IOException ? e.toString() : e.getMessage()));
            return false;
        }
    }

    private void say(boolean right, String finding) {
        good &= right;
        out.println((right ? "ok     " : "WRONG  ") + finding);
    }

    private interface Attempt {
        String run() throws Exception;
    }
}
