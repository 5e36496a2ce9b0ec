package io.github.camelgitpod.examples.dashboard;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckAware;
import org.apache.camel.spi.EndpointServiceLocation;

/** How both consumers are, as they say themselves: in their health, and in their meters. */
final class Status {
    private final CamelContext context;
    private final Instant start;

    /** @param start when events began to be watched */
    Status(CamelContext context, Instant start) {
        this.context = context;
        this.start = start;
    }

    /** The JSON for the page. */
    String now() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("now", Instant.now().toString());
        json.put("start", start.toString());
        json.put("from", context.resolvePropertyPlaceholders("{{dashboard.from}}"));
        json.put("name", name());
        json.set("auditLog", health(DashboardRoutes.AUDIT_LOG));
        json.set("stream", health(DashboardRoutes.EVENTS));
        json.put("entries", count("gitpod.auditlog.entries"));
        json.put("late", count("gitpod.auditlog.entries.late"));
        json.put("left", count("gitpod.auditlog.read.entries.left"));
        json.put("events", count("gitpod.events"));
        json.put("gaps", count("gitpod.events.gaps"));
        return json.toString();
    }

    private ObjectNode health(String route) {
        HealthCheck.Result result = ((HealthCheckAware) consumer(route))
                .getHealthCheck()
                .call(Map.of(HealthCheck.CHECK_KIND, HealthCheck.Kind.READINESS));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("up", result.getState() == HealthCheck.State.UP);
        result.getMessage().ifPresent(message -> json.put("message", message));
        result.getDetails().forEach((name, value) -> {
            if (name.startsWith("gitpod.")) {
                json.putPOJO(name.substring("gitpod.".length()), value);
            }
        });
        return json;
    }

    /** Only the host: a base URL could hold more than is to be shown. */
    private String name() {
        String given = context.resolvePropertyPlaceholders("{{dashboard.name}}");
        return !given.isEmpty()
                ? given
                : URI.create(((EndpointServiceLocation)
                                        consumer(DashboardRoutes.AUDIT_LOG).getEndpoint())
                                .getServiceUrl())
                        .getHost();
    }

    private Consumer consumer(String route) {
        return context.getRoute(route).getConsumer();
    }

    private long count(String name) {
        MeterRegistry meters = context.getRegistry().findSingleByType(MeterRegistry.class);
        double sum = 0;
        for (Meter meter : meters.find(name).meters()) {
            sum += StreamSupport.stream(meter.measure().spliterator(), false)
                    .findFirst()
                    .map(measurement -> measurement.getValue())
                    .orElse(0.0);
        }
        return (long) sum;
    }
}
