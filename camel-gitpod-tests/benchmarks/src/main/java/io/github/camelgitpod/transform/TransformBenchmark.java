package io.github.camelgitpod.transform;

import io.github.camelgitpod.GitpodOrigin;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.JsonText;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.apache.camel.support.DefaultExchange;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Writes one entry in each form, as a route does; one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class TransformBenchmark {
    private static final String CREATED_AT = "2026-02-18T10:00:00.123456Z";
    private static final String TEXT =
            "{\"id\":\"018d0c5e-7c00-7000-8000-000000000001\",\"actorId\":\"5b1a7a2e-2f0c-4b7e-8000-000000000001\","
                    + "\"actorPrincipal\":\"PRINCIPAL_USER\",\"subjectId\":\"018d0c5e-7c00-7000-8000-000000000002\","
                    + "\"subjectType\":\"RESOURCE_TYPE_ENVIRONMENT\",\"action\":\"changed spec\","
                    + "\"createdAt\":\"2026-02-18T10:00:00.123456Z\",\"kind\":\"AUDIT_LOG_ENTRY_KIND_RESOURCE_CHANGE\"}";

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
            JsonText.of(TEXT));
    private final Message message = new DefaultExchange(new DefaultCamelContext()).getMessage();
    private final Transformer cloudEventHeaders = new CloudEventsTransformer();
    private final Transformer cloudEvents = new CloudEventsJsonTransformer();
    private final Transformer ocsf = new OcsfTransformer();
    private final Transformer ecs = new EcsTransformer();
    private final Transformer otlp = new OtlpTransformer();
    private final Transformer ownLines = new NdjsonTransformer();

    /** With the origin that a consumer gives its exchanges. */
    public TransformBenchmark() {
        message.getExchange()
                .setProperty(
                        GitpodOrigin.PROPERTY,
                        new GitpodOrigin("app.gitpod.io", InstantSource.system().instant()));
    }

    /** The headers of a CloudEvent. */
    @Benchmark
    public Object cloudEventHeaders() throws Exception {
        return transformed(cloudEventHeaders);
    }

    /** A CloudEvent in JSON. */
    @Benchmark
    public Object cloudEvents() throws Exception {
        return transformed(cloudEvents);
    }

    /** An OCSF event. */
    @Benchmark
    public Object ocsf() throws Exception {
        return transformed(ocsf);
    }

    /** An ECS document. */
    @Benchmark
    public Object ecs() throws Exception {
        return transformed(ecs);
    }

    /** An OTLP request with one record. */
    @Benchmark
    public Object otlp() throws Exception {
        return transformed(otlp);
    }

    /** The server's own text as a line. */
    @Benchmark
    public Object ownLines() throws Exception {
        return transformed(ownLines);
    }

    private Object transformed(Transformer transformer) throws Exception {
        message.setBody(entry);
        transformer.transform(message, DataType.ANY, DataType.ANY);
        return message.getBody();
    }
}
