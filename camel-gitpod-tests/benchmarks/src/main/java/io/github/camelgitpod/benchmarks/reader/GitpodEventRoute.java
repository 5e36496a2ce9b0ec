package io.github.camelgitpod.benchmarks.reader;

import io.github.camelgitpod.benchmarks.server.ServerAddress;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.GitpodEventBatch;
import java.util.function.Consumer;
import org.apache.camel.builder.RouteBuilder;

/** The component's event stream. */
public final class GitpodEventRoute implements Reader {
    private final String name;
    private final boolean batching;

    /** @param batching whether events that came together are one exchange */
    public GitpodEventRoute(String name, boolean batching) {
        this.name = name;
        this.batching = batching;
    }

    @Override
    public String name() {
        return name;
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

    private RouteBuilder route(ServerAddress server, Consumer<String> sink) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                fromF(
                                "gitpod:events?baseUrl=%s&accessToken=RAW(%s)&batching=%s",
                                server.baseUrl(), server.token(), batching)
                        .routeId("events")
                        .autoStartup(false)
                        .process(exchange -> tell(exchange.getMessage().getBody(), sink));
            }
        };
    }

    private static void tell(Object body, Consumer<String> sink) {
        if (body instanceof GitpodEvent event) {
            sink.accept(event.resourceId());
        } else {
            ((GitpodEventBatch) body).forEach(event -> sink.accept(event.resourceId()));
        }
    }
}
