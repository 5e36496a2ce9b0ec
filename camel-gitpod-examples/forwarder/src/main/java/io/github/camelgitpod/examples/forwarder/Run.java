package io.github.camelgitpod.examples.forwarder;

import io.github.camelgitpod.model.AuditLogEntry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The route from the organization to the sink, from its start to its end. */
final class Run implements AutoCloseable {
    /** Nothing is kept, and nothing shown at a port. */
    static final Map<String, String> ONCE =
            Map.of(Settings.SOURCE + "stateRepository", "#bean:memory", "camel.main.jmx-enabled", "false");

    private static final String SOURCE = "gitpod:auditLogs";
    private static final String MASTER = "master:";
    private static final Logger LOG = LoggerFactory.getLogger(Run.class);
    private static final Set<String> LASTING = Set.of("FINISHED", "FORBIDDEN", "UNAUTHORIZED", "PLAN", "FAILED");

    private final Main main = new Main();
    private final Reading reading = new Reading(main);
    private final Settings settings;
    private final Delivered delivered;
    private final Place place;

    /**
     * Prepares a run.
     *
     * @param mode    properties of this kind of run
     * @param witness is shown each entry that the sink has taken
     */
    Run(Settings settings, Map<String, String> mode, Consumer<AuditLogEntry> witness) {
        this.settings = settings;
        delivered = new Delivered(witness);
        main.setDefaultPropertyPlaceholderLocation("false");
        // Camel's own would stop the routes at a signal, and wait a minute for us.
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        main.addOverrideProperty(Settings.SOURCE + "uri", SOURCE);
        settings.properties().forEach(main::addOverrideProperty);
        mode.forEach(main::addOverrideProperty);
        main.bind("delivered", delivered);
        main.bind("memory", new MemoryStateRepository());
        place = new Place(settings);
        place.bind(this, mode);
        if (isLed(mode)) {
            main.bind("lease", Lease.of(settings.get("name")));
        }
        FileFunction.addTo(main);
        if (!mode.containsKey("camel.metrics.enabled")) {
            main.bind("meters", new SimpleMeterRegistry());
        }
    }

    /** Nothing is delivered or kept. */
    static Map<String, String> dry() {
        return new HashMap<>(Map.of(Settings.SOURCE + "dryRun", "true", "camel.main.jmx-enabled", "false"));
    }

    /** With the place kept in the state directory, and health and figures at the port. */
    static Map<String, String> forEver(Settings settings) {
        Map<String, String> mode = new HashMap<>(Place.options(settings));
        if (settings.get("cluster").equals("kubernetes")) {
            mode.put(Settings.SOURCE + "uri", MASTER + settings.get("name") + ":" + SOURCE);
        }
        if (HealthPort.isWanted(settings)) {
            mode.put("camel.health.exposure-level", "full");
            mode.put("camel.metrics.enabled", "true");
            mode.put("camel.management.enabled", "true");
            mode.put("camel.management.health-check-enabled", "true");
            mode.put("camel.management.metrics-enabled", "true");
        }
        return mode;
    }

    private static boolean isLed(Map<String, String> mode) {
        return mode.getOrDefault(Settings.SOURCE + "uri", SOURCE).startsWith(MASTER);
    }

    /** @param routes a file of more routes, without its ending; none: those to the sink only */
    CamelContext start(String... routes) throws Exception {
        FileFunction.tryToReadToken(settings);
        List<String> files = new ArrayList<>(List.of(routes));
        files.add("forwarder/audit-log");
        return startFiles(files);
    }

    /** The same without the audit log, for which no token is needed. */
    CamelContext startSink(String... routes) throws Exception {
        main.addOverrideProperty(Settings.TOKEN, "none");
        return startFiles(new ArrayList<>(List.of(routes)));
    }

    /** No route at all, but what a query needs. */
    CamelContext startComponent() throws Exception {
        return startRoutes("false");
    }

    private CamelContext startFiles(List<String> files) throws Exception {
        files.addAll(List.of("forwarder/forms", "camel/sinks/" + settings.get("sink")));
        return startRoutes("classpath:" + String.join(".camel.yaml,classpath:", files) + ".camel.yaml");
    }

    private CamelContext startRoutes(String pattern) throws Exception {
        main.addOverrideProperty("camel.main.routes-include-pattern", pattern);
        try {
            main.start();
        } catch (Exception e) {
            throw SettingsException.ofStart(place.explained(e));
        }
        return main.getCamelContext();
    }

    /** Waits until the server has answered, or has not. */
    String awaitAnswer() throws InterruptedException {
        return reading.await(Duration.ofMillis(50), state -> !state.equals("STARTING"));
    }

    /** Runs until all is delivered or something is wrong that does not pass, and tells; false: not all is delivered. */
    boolean export() throws Exception {
        start();
        LOG.info(
                "Exporting what was created before {}; waits until that and lookback={} are over",
                settings.get("to"),
                settings.get("lookback"));
        Patience patience = new Patience();
        String state = reading.await(
                Duration.ofMillis(100), now -> LASTING.contains(now) || refusal() != null || patience.isOver(now));
        if (state.equals("FINISHED") && refusal() == null) {
            LOG.info("Exported: {}", this);
            return true;
        }
        String reason = refusal() == null ? reading.message() : "the sink failed: " + refusal();
        LOG.error("NOT COMPLETE: {}. Exported until then: {}", reason, this);
        return false;
    }

    /** Runs until everything before the setting {@code to} is delivered, or the process is ended; tells how far it is. */
    void forward(Progress progress) throws Exception {
        start();
        reading.await(Duration.ofSeconds(1), state -> {
            progress.tell(state, this);
            return state.equals("FINISHED");
        });
        LOG.info("Forwarded: {}", this);
    }

    /** How the reading of the audit log is. */
    Reading reading() {
        return reading;
    }

    /** Why the sink did not take something; null: it took all. */
    Throwable refusal() {
        return delivered.refusal();
    }

    long count() {
        return delivered.count();
    }

    @Override
    public String toString() {
        return "%s; %,d came late, %,d were read twice and left out"
                .formatted(
                        delivered,
                        reading.figure("gitpod.auditlog.entries.late"),
                        reading.figure("gitpod.auditlog.duplicates.dropped"));
    }

    /** Gives the route something, before it is started. */
    void bind(String name, Object bean) {
        main.bind(name, bean);
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    /** Finishes the exchange that is under way, and saves. */
    @Override
    public void close() {
        main.stop();
        place.close();
    }
}
