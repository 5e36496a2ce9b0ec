package io.github.camelgitpod.examples.demo;

import org.apache.camel.builder.RouteBuilder;

/** Each event becomes one line on the console. */
final class EventRoute extends RouteBuilder {
    static final String ID = "events";

    @Override
    public void configure() {
        from("gitpod:events").routeId(ID).transform().message(EventLine::of).to("stream:out");
    }
}
