package io.github.camelgitpod;

import io.github.camelgitpod.client.AuditLogEntry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A Camel application with one route from {@code gitpod:auditLogs} of a simulator: one process, so to say. Its delay between
 * polls is short.
 */
final class AuditLogRoute implements AutoCloseable {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    private final String uri;
    private Processor processor = exchange -> {};

    AuditLogRoute(GitpodSimulator simulator, String options) {
        this(simulator, options, simulator.accessToken());
    }

    /** @param token null: it is the component's */
    AuditLogRoute(GitpodSimulator simulator, String options, String token) {
        this.uri = "gitpod:auditLogs?baseUrl=" + simulator.baseUrl()
                + (token == null ? "" : "&accessToken=RAW(" + token + ")") + "&initialDelay=0&delay=50ms&" + options;
    }

    /** Options that keep the cursor in a directory. */
    static String stateIn(Path directory) {
        return "stateDirectory=" + directory;
    }

    /** What the route does with each exchange, after it was noted. */
    AuditLogRoute doing(Processor what) {
        processor = what;
        return this;
    }

    DefaultCamelContext context() {
        return context;
    }

    AuditLogRoute start() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId("audit").process(exchange -> {
                    exchanges.add(exchange.copy());
                    processor.process(exchange);
                });
            }
        });
        context.start();
        return this;
    }

    /** What was delivered so far, each delivery once, in order. */
    List<Exchange> exchanges() {
        return exchanges;
    }

    List<String> ids() {
        return exchanges.stream()
                .map(exchange ->
                        exchange.getMessage().getBody(AuditLogEntry.class).id())
                .toList();
    }

    @Override
    public void close() {
        context.stop();
    }
}
