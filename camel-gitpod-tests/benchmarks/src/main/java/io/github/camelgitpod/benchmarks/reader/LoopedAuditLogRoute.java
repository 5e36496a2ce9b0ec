package io.github.camelgitpod.benchmarks.reader;

import io.github.camelgitpod.benchmarks.server.ServerAddress;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultConsumer;

/** The bare loop, each of whose ids goes through a route: what no consumer can go below that makes exchanges. */
public final class LoopedAuditLogRoute implements Reader {
    private static final String ROUTE = "ids";

    @Override
    public String name() {
        return "bare loop into a route";
    }

    @Override
    public Reading open(ServerAddress server, Consumer<String> sink) throws Exception {
        RouteReading route = new RouteReading(route(sink)) {
            @Override
            public void begin() {
                throw new UnsupportedOperationException("it is the loop that begins");
            }
        };
        DefaultConsumer consumer =
                (DefaultConsumer) route.context().getRoute(ROUTE).getConsumer();
        Reading loop = new BareAuditLogLoop().open(server, id -> send(consumer, id));
        return new Reading() {
            @Override
            public void begin() throws Exception {
                loop.begin();
            }

            @Override
            public void close() throws Exception {
                loop.close();
                route.close();
            }
        };
    }

    private static void send(DefaultConsumer consumer, String id) {
        Exchange exchange = consumer.createExchange(false);
        exchange.getMessage().setBody(id);
        try {
            consumer.getProcessor().process(exchange);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        consumer.releaseExchange(exchange, false);
    }

    private static RouteBuilder route(Consumer<String> sink) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:ids")
                        .routeId(ROUTE)
                        .process(exchange -> sink.accept(exchange.getMessage().getBody(String.class)));
            }
        };
    }
}
