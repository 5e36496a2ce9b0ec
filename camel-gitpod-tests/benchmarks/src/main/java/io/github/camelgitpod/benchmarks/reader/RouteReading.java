package io.github.camelgitpod.benchmarks.reader;

import org.apache.camel.RoutesBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** Reads by a route of a Camel context of its own. */
abstract class RouteReading implements Reader.Reading {
    private final DefaultCamelContext context = new DefaultCamelContext();

    RouteReading(RoutesBuilder routes) throws Exception {
        // Nobody waits for what is under way when a measurement is over.
        context.getShutdownStrategy().setTimeout(5);
        context.addRoutes(routes);
        context.start();
    }

    DefaultCamelContext context() {
        return context;
    }

    @Override
    public void close() throws Exception {
        context.close();
    }
}
