package io.github.camelgitpod.benchmarks.reader;

import io.github.camelgitpod.benchmarks.server.ServerAddress;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.builder.RouteBuilder;

/** What a Camel user writes without the component: the stream by {@code camel-http}, split into lines as it comes. */
public final class HttpEventRoute implements Reader {

    @Override
    public String name() {
        return "camel-http route";
    }

    @Override
    public Reading open(ServerAddress server, Consumer<String> sink) throws Exception {
        return new RouteReading(route(server, sink)) {
            @Override
            public void begin() {
                context().createProducerTemplate().asyncSendBody("direct:read", "{\"organization\":true}");
            }
        };
    }

    private static RouteBuilder route(ServerAddress server, Consumer<String> sink) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:read")
                        // With it the stream would be read to its end, which never comes, before the first event.
                        .noStreamCaching()
                        .setHeader("Authorization", constant("Bearer " + server.token()))
                        .setHeader("Content-Type", constant("application/json"))
                        .setHeader("Accept", constant("application/jsonl"))
                        .to(server.method("WatchEvents") + "?httpMethod=POST&disableStreamCache=true")
                        .split(body().tokenize("\n"))
                        .streaming()
                        .unmarshal()
                        .json(Map.class)
                        .process(exchange -> sink.accept((String)
                                exchange.getMessage().getBody(Map.class).get("resourceId")));
            }
        };
    }
}
