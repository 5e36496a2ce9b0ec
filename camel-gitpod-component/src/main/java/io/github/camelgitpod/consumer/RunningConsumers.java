package io.github.camelgitpod.consumer;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.Route;
import org.apache.camel.support.DefaultConsumer;

/** The component's consumers that run in a context, also those that no route names, since another consumer, such as that of {@code master:}, has made them. */
public final class RunningConsumers {
    private final Set<DefaultConsumer> consumers = new CopyOnWriteArraySet<>();

    private RunningConsumers() {}

    /** Those of a context. */
    public static synchronized RunningConsumers of(CamelContext context) {
        ExtendedCamelContext extension = context.getCamelContextExtension();
        RunningConsumers known = extension.getContextPlugin(RunningConsumers.class);
        if (known == null) {
            known = new RunningConsumers();
            extension.addContextPlugin(RunningConsumers.class, known);
        }
        return known;
    }

    /** The one that brings a route its exchanges; empty: it does not run here. A suspended one runs. */
    public Optional<DefaultConsumer> behind(Route route) {
        return consumers.stream()
                .filter(consumer -> Visibility.routeOf(consumer) == route)
                .findFirst();
    }

    void add(DefaultConsumer consumer) {
        consumers.add(consumer);
    }

    void remove(DefaultConsumer consumer) {
        consumers.remove(consumer);
    }
}
