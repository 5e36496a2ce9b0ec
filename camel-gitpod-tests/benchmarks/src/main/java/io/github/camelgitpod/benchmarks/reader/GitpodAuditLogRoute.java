package io.github.camelgitpod.benchmarks.reader;

import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.benchmarks.server.ServerAddress;
import io.github.camelgitpod.model.AuditLogEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.ScheduledPollConsumer;

/** The component's audit log. */
public final class GitpodAuditLogRoute implements Reader {
    private final String name;
    private final String options;

    /** @param options further options of the endpoint, such as {@code batching=true}; may be empty */
    public GitpodAuditLogRoute(String name, String options) {
        this.name = name;
        this.options = options;
    }

    /**
     * One that saves its cursor as often as it does by default, in files that survive a crash.
     *
     * @param options further ones of the endpoint; may be empty
     */
    public static Reader withStateDirectory(String name, String options) {
        return new Reader() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Reading open(ServerAddress server, Consumer<String> sink) throws Exception {
                // A new one each time: a cursor that is there would be at the end.
                Path directory = Files.createTempDirectory("gitpod-benchmark-");
                return new GitpodAuditLogRoute(
                                name, "stateDirectory=" + directory + (options.isEmpty() ? "" : "&" + options))
                        .open(server, sink);
            }
        };
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Reading open(ServerAddress server, Consumer<String> sink) throws Exception {
        RouteReading reading = new RouteReading(route(server, sink)) {
            @Override
            public void begin() throws Exception {
                context().getRouteController().startRoute("audit-log");
            }

            /** The last entry is delivered before the poll knows that it was the last. */
            @Override
            public void close() throws Exception {
                if (context().getRoute("audit-log").getConsumer() instanceof ScheduledPollConsumer consumer) {
                    await("the end of the poll")
                            .pollInterval(Duration.ofMillis(1))
                            .until(() -> !consumer.isPolling());
                }
                super.close();
            }
        };
        return reading;
    }

    private RouteBuilder route(ServerAddress server, Consumer<String> sink) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                fromF(
                                "gitpod:auditLogs?from=beginning&to=%s&initialDelay=0&delay=1h&baseUrl=%s&accessToken=RAW(%s)%s",
                                server.end(), server.baseUrl(), server.token(), options.isEmpty() ? "" : "&" + options)
                        .routeId("audit-log")
                        .autoStartup(false)
                        .process(exchange -> tell(exchange.getMessage(), sink));
            }
        };
    }

    private static void tell(Message message, Consumer<String> sink) {
        if (message.getBody() instanceof AuditLogEntry entry) {
            sink.accept(entry.id());
        } else {
            for (Object entry : message.getBody(List.class)) {
                sink.accept(((AuditLogEntry) entry).id());
            }
        }
    }
}
