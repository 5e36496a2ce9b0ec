package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.JsonText;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultConsumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What Camel takes for an exchange through a route that does nothing: what no consumer can go below. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ExchangeBenchmark {
    private static final String CREATED_AT = "2026-02-18T10:00:00.123456Z";

    private final AuditLogEntry entry = new AuditLogEntry(
            "018d0c5e-7c00-7000-8000-000000000001",
            "5b1a7a2e-2f0c-4b7e-8000-000000000001",
            "PRINCIPAL_USER",
            "018d0c5e-7c00-7000-8000-000000000002",
            "RESOURCE_TYPE_ENVIRONMENT",
            "changed spec",
            Instant.parse(CREATED_AT),
            CREATED_AT,
            "AUDIT_LOG_ENTRY_KIND_RESOURCE_CHANGE",
            JsonText.of("{}"));
    private final DefaultCamelContext context = new DefaultCamelContext();
    private DefaultConsumer consumer;

    /** Starts the route. */
    @Setup
    public void start() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").routeId("nothing").process(exchange -> {});
            }
        });
        context.start();
        consumer = (DefaultConsumer) context.getRoute("nothing").getConsumer();
    }

    /** Stops it. */
    @TearDown
    public void stop() throws Exception {
        context.close();
    }

    /** With a body and no header. */
    @Benchmark
    public Exchange withoutHeaders() throws Exception {
        return send(consumer.createExchange(false));
    }

    /** With an entry's nine headers. */
    @Benchmark
    public Exchange auditLogEntry() throws Exception {
        Exchange exchange = consumer.createExchange(false);
        AuditLogMessage.fill(exchange.getMessage(), null, entry, false);
        return send(exchange);
    }

    /** With the same headers, put there one by one. */
    @Benchmark
    public Exchange headersOneByOne() throws Exception {
        Exchange exchange = consumer.createExchange(false);
        Message message = exchange.getMessage();
        message.setHeader(GitpodConstants.ENTRY_ID, entry.id());
        message.setHeader(GitpodConstants.ACTION, entry.action());
        message.setHeader(GitpodConstants.ACTOR_ID, entry.actorId());
        message.setHeader(GitpodConstants.ACTOR_PRINCIPAL, entry.actorPrincipal());
        message.setHeader(GitpodConstants.SUBJECT_ID, entry.subjectId());
        message.setHeader(GitpodConstants.SUBJECT_TYPE, entry.subjectType());
        message.setHeader(GitpodConstants.CREATED_AT, entry.createdAtText());
        message.setHeader(GitpodConstants.KIND, entry.kind());
        message.setHeader(GitpodConstants.MESSAGE_TIMESTAMP, entry.createdAt().toEpochMilli());
        return send(exchange);
    }

    private Exchange send(Exchange exchange) throws Exception {
        exchange.getMessage().setBody(entry);
        consumer.getProcessor().process(exchange);
        consumer.releaseExchange(exchange, false);
        return exchange;
    }
}
