package io.github.camelgitpod.quarkus.it;

import io.github.camelgitpod.GitpodComponent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import org.apache.camel.builder.RouteBuilder;

/** A route for each resource. */
@ApplicationScoped
public class Routes extends RouteBuilder {

    /** A second organization, of which no route reads. */
    @Produces
    @Named("staging")
    GitpodComponent staging() {
        return new GitpodComponent();
    }

    @Override
    public void configure() {
        from("gitpod:auditLogs?from=beginning&delay=200ms")
                .routeId("audit-log")
                .bean("deliveries", "entry(${body.action}, ${bodyAs(String)})");
        from("gitpod:events").routeId("events").bean("deliveries", "event(${body.resourceType}, ${bodyAs(String)})");
    }
}
