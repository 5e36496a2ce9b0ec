package io.github.camelgitpod.examples.dashboard;

import java.time.Instant;
import org.apache.camel.builder.RouteBuilder;

/** What comes in, and how it is, for the page. */
final class DashboardRoutes extends RouteBuilder {
    static final String AUDIT_LOG = "audit-log";
    static final String EVENTS = "events";

    private final Feed feed;

    DashboardRoutes(Feed feed) {
        this.feed = feed;
    }

    @Override
    public void configure() {
        // The cursor is for this run only: a page remembers nothing, and each start reads the last day anew.
        from("gitpod:auditLogs?resolveNames=true&delay={{dashboard.delay}}&from={{dashboard.from}}&stateDirectory={{dashboard.state}}")
                .routeId(AUDIT_LOG)
                .process(exchange -> feed.publish("entry", PageMessage.ofEntry(exchange.getMessage())));

        from("gitpod:events?gapEvents=true&reconcile=relist")
                .routeId(EVENTS)
                .process(exchange -> feed.publish("event", PageMessage.ofEvent(exchange.getMessage())));

        Status status = new Status(getContext(), Instant.now());
        from("timer:status?period=1000&delay=0").routeId("status").process(exchange -> feed.status(status.now()));
    }
}
