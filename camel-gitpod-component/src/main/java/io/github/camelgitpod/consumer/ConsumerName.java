package io.github.camelgitpod.consumer;

import org.apache.camel.Route;
import org.apache.camel.support.DefaultConsumer;

/** What a consumer is called in the log: its route, and of its endpoint what comes before the options. */
public final class ConsumerName {
    private ConsumerName() {}

    /** Such as {@code route audit (gitpod:auditLogs)}; without a route, as where it is not known yet, only the endpoint. */
    public static String of(DefaultConsumer consumer) {
        String resource = consumer.getEndpoint().getEndpointBaseUri().replace("://", ":");
        Route route = Visibility.routeOf(consumer);
        return route == null ? resource : "route " + route.getRouteId() + " (" + resource + ")";
    }

    /** Only the route, in brackets after a blank; empty: it has none. */
    public static String ofRoute(DefaultConsumer consumer) {
        Route route = Visibility.routeOf(consumer);
        return route == null ? "" : " (route " + route.getRouteId() + ")";
    }
}
