package io.github.camelgitpod.consumer;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.DelegateEndpoint;
import org.apache.camel.Endpoint;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.Service;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * The routes of a context whose own consumer, that of {@code master:}, makes the component's while this machine leads. Camel says when
 * such a route starts and stops.
 */
public final class ClusteredRoutes extends LifecycleStrategySupport {
    private final Predicate<Endpoint> ours;
    private final Map<Route, ClusteredRoute> routes = new ConcurrentHashMap<>();

    private ClusteredRoutes(Predicate<Endpoint> ours) {
        this.ours = ours;
    }

    /**
     * Looks for such routes from now on.
     *
     * @param ours tells the component's endpoints from others
     */
    public static synchronized void lookFor(CamelContext context, Predicate<Endpoint> ours) {
        ExtendedCamelContext extension = context.getCamelContextExtension();
        if (extension.getContextPlugin(ClusteredRoutes.class) == null) {
            ClusteredRoutes routes = new ClusteredRoutes(ours);
            extension.addContextPlugin(ClusteredRoutes.class, routes);
            context.addLifecycleStrategy(routes);
        }
    }

    /** A route as one of these; empty: it is none, or it is stopped. */
    public static Optional<ClusteredRoute> find(CamelContext context, Route route) {
        ClusteredRoutes known = context.getCamelContextExtension().getContextPlugin(ClusteredRoutes.class);
        return known == null || route == null ? Optional.empty() : Optional.ofNullable(known.routes.get(route));
    }

    /** The component's consumer of the route with this processor could not be made. */
    public static void failed(CamelContext context, Processor processor, Exception failure) {
        find(context, Visibility.routeOf(context, processor)).ifPresent(route -> route.failed(failure));
    }

    /** Also tells of wrong options now, not when the machine that leads has died. */
    @Override
    public void onServiceAdd(CamelContext context, Service service, Route route) {
        if (route != null && service instanceof DefaultConsumer leader) {
            Endpoint behind = behind(leader.getEndpoint());
            if (behind != leader.getEndpoint() && ours.test(behind)) {
                ClusteredRoute clustered = new ClusteredRoute(route, leader, behind);
                clustered.check();
                routes.put(route, clustered);
                clustered.begin();
            }
        }
    }

    @Override
    public void onServiceRemove(CamelContext context, Service service, Route route) {
        ClusteredRoute clustered = route == null ? null : routes.get(route);
        if (clustered != null && clustered.isOf(service)) {
            routes.remove(route);
            clustered.end();
        }
    }

    private static Endpoint behind(Endpoint endpoint) {
        Endpoint found = endpoint;
        while (found instanceof DelegateEndpoint delegate) {
            found = delegate.getEndpoint();
        }
        return found;
    }
}
