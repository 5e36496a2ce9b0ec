package io.github.camelgitpod.consumer;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.Route;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The component's consumers that run in a context, also those that no route names, since another consumer, such as that of {@code master:}, has made them. */
public final class RunningConsumers {
    private static final Logger LOG = LoggerFactory.getLogger(RunningConsumers.class);

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

    /**
     * Stops the one that runs for the same route, if there is one, before the newest one starts. Camel's {@code master:} can start a
     * consumer that it has just stopped, forget it, and make the newest one, which is the only one that it will stop. Both share the
     * route's processor, which whoever ends closes for the other one, too.
     */
    void replaceBy(DefaultConsumer newest) {
        consumers.stream()
                .filter(other -> other != newest
                        && other.getProcessor() == newest.getProcessor()
                        && other.getEndpoint() == newest.getEndpoint())
                .forEach(forgotten -> {
                    LOG.info(
                            "{} is started once more, so the consumer of it that still runs is stopped",
                            ConsumerName.of(newest));
                    ServiceHelper.stopAndShutdownService((Object) forgotten);
                });
    }

    void add(DefaultConsumer consumer) {
        consumers.add(consumer);
    }

    void remove(DefaultConsumer consumer) {
        consumers.remove(consumer);
    }
}
