package io.github.camelgitpod.benchmarks.reader;

import io.github.camelgitpod.benchmarks.server.ServerAddress;
import io.github.camelgitpod.model.GitpodEvent;
import java.util.function.Consumer;
import org.apache.camel.builder.RouteBuilder;

/** The component's event stream. */
public final class GitpodEventRoute implements Reader {

    @Override
    public String name() {
        return "gitpod:events";
    }

    @Override
    public Reading open(ServerAddress server, Consumer<String> sink) throws Exception {
        return new RouteReading(route(server, sink)) {
            @Override
            public void begin() throws Exception {
                context().getRouteController().startRoute("events");
            }
        };
    }

    private static RouteBuilder route(ServerAddress server, Consumer<String> sink) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                fromF("gitpod:events?baseUrl=%s&accessToken=RAW(%s)", server.baseUrl(), server.token())
                        .routeId("events")
                        .autoStartup(false)
                        .process(exchange -> sink.accept(
                                exchange.getMessage().getBody(GitpodEvent.class).resourceId()));
            }
        };
    }
}
