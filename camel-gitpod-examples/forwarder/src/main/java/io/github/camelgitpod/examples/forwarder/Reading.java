package io.github.camelgitpod.examples.forwarder;

import io.github.camelgitpod.auditlog.AuditLogConsumer;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.camel.Route;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.main.Main;

/** How the reading of the audit log is, as the component tells it of the route's consumer. */
final class Reading {
    private static final String ROUTE = "forwarder";

    private final Main main;

    /** @param main may be started later */
    Reading(Main main) {
        this.main = main;
    }

    /** In one word, {@code gitpod.state} of its health. */
    String state() {
        return health().map(health -> (String) health.getDetails().getOrDefault("gitpod.state", "STARTING"))
                .orElse("STARTING");
    }

    /**
     * Looks at the state, now and then, until it is one that is waited for.
     *
     * @return that one
     */
    String await(Duration between, Predicate<String> wanted) throws InterruptedException {
        String state = state();
        while (!wanted.test(state)) {
            Thread.sleep(between.toMillis());
            state = state();
        }
        return state;
    }

    /** What the state means, and what to do; empty: nothing. */
    String message() {
        return health().map(Reading::message).orElse("");
    }

    private static String message(HealthCheck.Result health) {
        String error = (String) health.getDetails().getOrDefault("gitpod.lastError", "");
        String message = health.getMessage().orElse("");
        return message.contains(error) ? message : message + " (" + error + ")";
    }

    /** From when to when everything was delivered, and why not longer, as it was saved last. */
    String coverage() {
        return source().orElseThrow().coverageReport();
    }

    /** What the component has counted under this name. */
    long figure(String name) {
        MeterRegistry meters = main.getCamelContext().getRegistry().findSingleByType(MeterRegistry.class);
        FunctionCounter counter = meters.find(name).functionCounter();
        return counter == null ? 0 : (long) counter.count();
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
}
