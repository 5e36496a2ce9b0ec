package io.github.camelgitpod.examples.forwarder;

import io.github.camelgitpod.model.AuditLogEntry;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckAware;
import org.apache.camel.main.Main;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The route from the organization to the sink, from its start to its end. */
final class Run implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Run.class);

    /** From the start of the range, and nothing is kept. */
    static final Map<String, String> ONCE =
            Map.of(Settings.KAMELET + "stateRepository", "#bean:memory", Settings.KAMELET + "delay", "1s");

    private static final Set<String> LASTING = Set.of("FINISHED", "FORBIDDEN", "UNAUTHORIZED", "PLAN", "FAILED");
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Main main = new Main();
    private final Delivered delivered;

    /**
     * Prepares a run.
     *
     * @param mode    properties of this kind of run
     * @param witness is shown each entry that the sink has taken
     */
    Run(Settings settings, Map<String, String> mode, Consumer<AuditLogEntry> witness) {
        delivered = new Delivered(witness);
        main.setDefaultPropertyPlaceholderLocation("false");
        main.addOverrideProperty(
                "camel.main.routes-include-pattern",
                "classpath:forwarder/*.camel.yaml," + "classpath:camel/sinks/"
                        + settings.values().get("sink") + ".camel.yaml");
        settings.properties().forEach(main::addOverrideProperty);
        mode.forEach(main::addOverrideProperty);
        main.bind("delivered", delivered);
        main.bind("memory", new MemoryStateRepository());
    }

    /** Runs until all is delivered or something is wrong that does not pass, and tells; false: not all is delivered. */
    boolean export() throws Exception {
        start();
        long patientUntil = System.nanoTime() + PATIENCE.toNanos();
        String state = state();
        while (!LASTING.contains(state) && delivered.refusal() == null && patientUntil - System.nanoTime() > 0) {
            if (!state.equals("UNREACHABLE")) {
                patientUntil = System.nanoTime() + PATIENCE.toNanos();
            }
            Thread.sleep(100);
            state = state();
        }
        String counts = "%s; %,d came late, %,d were read twice and left out"
                .formatted(
                        delivered,
                        figure("gitpod.auditlog.entries.late"),
                        figure("gitpod.auditlog.duplicates.dropped"));
        if (state.equals("FINISHED")) {
            LOG.info("Exported: {}", counts);
            return true;
        }
        LOG.error(
                "NOT COMPLETE: {}. Exported until then: {}",
                delivered.refusal() == null ? message() : "the sink failed: " + delivered.refusal(),
                counts);
        return false;
    }

    CamelContext start() throws Exception {
        if (!"true".equals(main.getOverrideProperties().getProperty("camel.metrics.enabled"))) {
            main.bind("meters", new SimpleMeterRegistry());
        }
        main.start();
        return main.getCamelContext();
    }

    Delivered delivered() {
        return delivered;
    }

    /** How the reading of the audit log is, in one word, {@code gitpod.state} of its health. */
    String state() {
        return (String) health().getDetails().getOrDefault("gitpod.state", "STARTING");
    }

    /** What that means, and what to do; empty: nothing. */
    String message() {
        return health().getMessage().orElse("");
    }

    /** A figure of the component since the start, such as {@code gitpod.auditlog.entries.late}. */
    long figure(String name) {
        MeterRegistry meters = main.getCamelContext().getRegistry().findSingleByType(MeterRegistry.class);
        FunctionCounter counter = meters.find(name).functionCounter();
        return counter == null ? 0 : (long) counter.count();
    }

    private HealthCheck.Result health() {
        Route source = main.getCamelContext().getRoutes().stream()
                .filter(route -> route.getConsumer() instanceof HealthCheckAware
                        && route.getEndpoint().getEndpointUri().startsWith("gitpod:"))
                .findFirst()
                .orElseThrow();
        return ((HealthCheckAware) source.getConsumer())
                .getHealthCheck()
                .call(Map.of(HealthCheck.CHECK_KIND, HealthCheck.Kind.READINESS));
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
    }
}
