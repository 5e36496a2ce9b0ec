package io.github.camelgitpod.examples.dashboard;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgitpod.auditlog.AuditLogConsumer;
import io.github.camelgitpod.event.EventConsumer;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckAware;
import org.apache.camel.spi.EndpointServiceLocation;

/** How both consumers are, as they say themselves: in their health and figures. */
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
        AuditLogConsumer auditLog = (AuditLogConsumer) consumer(DashboardRoutes.AUDIT_LOG);
        EventConsumer events = (EventConsumer) consumer(DashboardRoutes.EVENTS);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("now", Instant.now().toString());
        json.put("start", start.toString());
        json.put("from", context.resolvePropertyPlaceholders("{{dashboard.from}}"));
        json.put("name", name(auditLog));
        json.set("auditLog", health(auditLog));
        json.set("stream", health(events));
        json.put("entries", auditLog.getDeliveredEntries());
        json.put("late", auditLog.getLateEntries());
        json.put("left", auditLog.getReadEntriesLeft());
        json.put("coverage", auditLog.coverageReport());
        json.put("events", events.getEvents());
        json.put("gaps", events.getGaps());
        return json.toString();
    }

    private static ObjectNode health(HealthCheckAware consumer) {
        HealthCheck.Result result =
                consumer.getHealthCheck().call(Map.of(HealthCheck.CHECK_KIND, HealthCheck.Kind.READINESS));
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
    private String name(AuditLogConsumer auditLog) {
        String given = context.resolvePropertyPlaceholders("{{dashboard.name}}");
        String url = ((EndpointServiceLocation) auditLog.getEndpoint()).getServiceUrl();
        return given.isEmpty() ? URI.create(url).getHost() : given;
    }

    private Consumer consumer(String route) {
        return context.getRoute(route).getConsumer();
    }
}
