package io.github.camelgitpod.quarkus.deployment;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;

/** An application with a route for each resource, which counts what arrives. */
@ApplicationScoped
public class Arrivals extends RouteBuilder {
    public final AtomicInteger entries = new AtomicInteger();
    public final AtomicInteger events = new AtomicInteger();

    @Override
    public void configure() {
        from("gitpod:auditLogs?from=beginning&delay=100ms")
                .process(exchange -> entries().incrementAndGet());
        from("gitpod:events").process(exchange -> events().incrementAndGet());
    }

    public AtomicInteger entries() {
        return entries;
    }

    public AtomicInteger events() {
        return events;
    }
}
