package io.github.camelgitpod.quarkus.it;

import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.builder.RouteBuilder;

/** A route for each resource. */
@ApplicationScoped
public class Routes extends RouteBuilder {

    @Override
    public void configure() {
        from("gitpod:auditLogs?from=beginning&delay=200ms")
                .routeId("audit-log")
                .bean("deliveries", "entry(${body.action}, ${bodyAs(String)})");
        from("gitpod:events").routeId("events").bean("deliveries", "event(${body.resourceType}, ${bodyAs(String)})");
    }
}
