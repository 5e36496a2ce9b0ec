package io.github.camelgitpod.examples.forwarder;

import io.github.camelgitpod.auditlog.AuditLogConsumer;
import io.github.camelgitpod.model.AuditLogEntry;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
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
    private static final String ROUTE = "forwarder";
    private static final Logger LOG = LoggerFactory.getLogger(Run.class);
    private static final Set<String> LASTING = Set.of("FINISHED", "FORBIDDEN", "UNAUTHORIZED", "PLAN", "FAILED");
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Main main = new Main();
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

    private CamelContext startFiles(List<String> files) throws Exception {
        files.addAll(List.of("forwarder/forms", "camel/sinks/" + settings.get("sink")));
        main.addOverrideProperty(
                "camel.main.routes-include-pattern",
                "classpath:" + String.join(".camel.yaml,classpath:", files) + ".camel.yaml");
        try {
            main.start();
        } catch (Exception e) {
            throw SettingsException.ofStart(place.explained(e));
        }
        return main.getCamelContext();
    }

    /** Waits until the server has answered, or has not. */
    String awaitAnswer() throws InterruptedException {
        while (state().equals("STARTING")) {
            Thread.sleep(50);
        }
        return state();
    }

    /** Runs until all is delivered or something is wrong that does not pass, and tells; false: not all is delivered. */
    boolean export() throws Exception {
        start();
        LOG.info(
                "Exporting what was created before {}; waits until that and lookback={} are over",
                settings.get("to"),
                settings.get("lookback"));
        long patientUntil = System.nanoTime() + PATIENCE.toNanos();
        String state = state();
        while (!LASTING.contains(state) && delivered.refusal() == null && patientUntil - System.nanoTime() > 0) {
            if (!state.equals("UNREACHABLE")) {
                patientUntil = System.nanoTime() + PATIENCE.toNanos();
            }
            Thread.sleep(100);
            state = state();
        }
        if (state.equals("FINISHED") && delivered.refusal() == null) {
            LOG.info("Exported: {}", this);
            return true;
        }
        String reason = delivered.refusal() == null ? message() : "the sink failed: " + delivered.refusal();
        LOG.error("NOT COMPLETE: {}. Exported until then: {}", reason, this);
        return false;
    }

    /** Runs until everything before the setting {@code to} is delivered, or the process is ended; tells how far it is. */
    void forward(Progress progress) throws Exception {
        start();
        while (!state().equals("FINISHED")) {
            progress.tell(this);
            Thread.sleep(1000);
        }
        LOG.info("Forwarded: {}", this);
    }

    /** How the reading of the audit log is, in one word, {@code gitpod.state} of its health. */
    String state() {
        return health().map(health -> (String) health.getDetails().getOrDefault("gitpod.state", "STARTING"))
                .orElse("STARTING");
    }

    /** What that means, and what to do; empty: nothing. */
    String message() {
        return health().map(Run::message).orElse("");
    }

    private static String message(HealthCheck.Result health) {
        String error = (String) health.getDetails().getOrDefault("gitpod.lastError", "");
        String message = health.getMessage().orElse("");
        return message.contains(error) ? message : message + " (" + error + ")";
    }

    /** Why the sink did not take something; null: it took all. */
    Throwable refusal() {
        return delivered.refusal();
    }

    long count() {
        return delivered.count();
    }

    private long figure(String name) {
        MeterRegistry meters = main.getCamelContext().getRegistry().findSingleByType(MeterRegistry.class);
        FunctionCounter counter = meters.find(name).functionCounter();
        return counter == null ? 0 : (long) counter.count();
    }

    /** From when to when everything was delivered, and why not longer, as it was saved last. */
    String coverage() {
        return source().orElseThrow().coverageReport();
    }

    /** Empty: it is not started yet. */
    private Optional<HealthCheck.Result> health() {
        return source().map(AuditLogConsumer::getHealthCheck)
                .or(this::checkBehindMaster)
                .map(check -> check.call(Map.of(HealthCheck.CHECK_KIND, HealthCheck.Kind.READINESS)));
    }

    /** Empty: it is behind {@code master:}. */
    private Optional<AuditLogConsumer> source() {
        return main.getCamelContext().getRoutes().stream()
                .map(Route::getConsumer)
                .filter(AuditLogConsumer.class::isInstance)
                .map(AuditLogConsumer.class::cast)
                .findFirst();
    }

    /** Of the one that leads, or that this one does not; empty: not started yet. */
    private Optional<HealthCheck> checkBehindMaster() {
        return HealthCheckRegistry.get(main.getCamelContext()).getCheck("consumer:" + ROUTE);
    }

    @Override
    public String toString() {
        return "%s; %,d came late, %,d were read twice and left out"
                .formatted(
                        delivered,
                        figure("gitpod.auditlog.entries.late"),
                        figure("gitpod.auditlog.duplicates.dropped"));
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
