package io.github.camelgitpod.consumer;

import org.apache.camel.support.DefaultConsumer;

/** What a consumer is called in the log: its endpoint, without secrets, and its route. */
public final class ConsumerName {
    private ConsumerName() {}

    public static String of(DefaultConsumer consumer) {
        return consumer.getEndpoint() + ofRoute(consumer);
    }

    /** Only the route, in brackets after a blank; empty: it has none. */
    public static String ofRoute(DefaultConsumer consumer) {
        return consumer.getRouteId() == null ? "" : " (route " + consumer.getRouteId() + ")";
    }
}
