package io.github.camelgitpod.examples.demo;

import java.net.UnknownHostException;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckAware;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.HttpResponseAware;

/** Whether the audit log is read, as its consumer says. */
final class Connection {
    private static final String ROUTE = "audit-log";

    private final Consumer consumer;

    Connection(CamelContext context) {
        this.consumer = context.getRoute(ROUTE).getConsumer();
    }

    /** The address of the API. */
    String address() {
        return ((EndpointServiceLocation) consumer.getEndpoint()).getServiceUrl();
    }

    boolean isUp() {
        return result().getState() == HealthCheck.State.UP;
    }

    /** Why it is not read; null: it is, or nothing was answered yet. */
    String failure() {
        HealthCheck.Result result = result();
        return result.getState() == HealthCheck.State.UP
                ? null
                : result.getError().map(Connection::text).orElse(null);
    }

    private HealthCheck.Result result() {
        return ((HealthCheckAware) consumer)
                .getHealthCheck()
                .call(Map.of(HealthCheck.CHECK_KIND, HealthCheck.Kind.READINESS));
    }

    private static String text(Throwable error) {
        if (error instanceof UnknownHostException) {
            return "the host " + error.getMessage().replaceFirst(":.*", "") + " is unknown";
        }
        return error instanceof HttpResponseAware ? error.getMessage() : error.toString();
    }
}
