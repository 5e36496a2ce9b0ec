package io.github.camelgitpod.transform;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.GapBody;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.JsonText;
import io.github.camelgitpod.transform.Tables.Veto;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * OpenTelemetry logs: one request of OTLP/HTTP 1.11.0 in JSON, with a record for each entry, event or gap. Receivers ignore a
 * misspelt name without a word, so each is written here once.
 */
final class OtlpForm implements StreamForm {
    private static final int INFO = 9;
    private static final int WARN = 13;

    private final Supplier<String> ids;
    private final String version;

    /**
     * @param ids     new ones, for what the server gave none
     * @param version of the component; null: unknown
     */
    OtlpForm(Supplier<String> ids, String version) {
        this.ids = ids;
        this.version = version;
    }

    @Override
    public void begin(JsonGenerator out, boolean several, Surroundings surroundings) throws IOException {
        out.writeStartObject();
        out.writeArrayFieldStart("resourceLogs");
        out.writeStartObject();
        out.writeObjectFieldStart("resource");
        out.writeArrayFieldStart("attributes");
        writeAttribute(out, "service.name", "gitpod");
        writeAttribute(out, "gitpod.host", surroundings.host());
        writeAttribute(out, "gitpod.organization.id", surroundings.organizationId());
        out.writeEndArray();
        out.writeEndObject();
        out.writeArrayFieldStart("scopeLogs");
        out.writeStartObject();
        out.writeObjectFieldStart("scope");
        out.writeStringField("name", "io.github.camelgitpod");
        Json.writeString(out, "version", version);
        out.writeEndObject();
        out.writeArrayFieldStart("logRecords");
    }

    @Override
    public void end(JsonGenerator out, boolean several) throws IOException {
        out.writeEndArray();
        out.writeStringField("schemaUrl", "https://opentelemetry.io/schemas/1.44.0");
        out.writeEndObject();
        out.writeEndArray();
        out.writeEndObject();
        out.writeEndArray();
        out.writeEndObject();
    }

    @Override
    public void write(JsonGenerator out, Object body, Surroundings surroundings) throws IOException {
        out.writeStartObject();
        if (body instanceof AuditLogEntry entry) {
            write(out, EntryFacts.of(entry), surroundings);
        } else if (body instanceof GitpodEvent event) {
            write(out, event, surroundings);
        } else {
            write(out, (GapBody) body, surroundings);
        }
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, EntryFacts facts, Surroundings surroundings) throws IOException {
        Veto veto = facts.veto();
        int severity = veto == null ? INFO : veto.severityNumber;
        writeHead(out, facts.createdAt().instant(), surroundings.receivedAt(), severity, "gitpod.audit_log");
        if (facts.action() != null) {
            out.writeObjectFieldStart("body");
            out.writeStringField("stringValue", facts.action());
            out.writeEndObject();
        }
        out.writeArrayFieldStart("attributes");
        writeAttribute(out, "log.record.uid", facts.id());
        writeAttribute(out, "user.id", facts.actorId());
        writeAttribute(out, "user.full_name", surroundings.actorName());
        writeAttribute(out, "user.email", surroundings.actorEmail());
        writeAttribute(out, "gitpod.audit.actor.principal", facts.actorPrincipal());
        writeAttribute(out, "gitpod.audit.subject.id", facts.subjectId());
        writeAttribute(out, "gitpod.audit.subject.type", facts.subjectType());
        writeAttribute(out, "gitpod.audit.subject.name", surroundings.subjectName());
        writeAttribute(out, "gitpod.audit.kind", facts.kind());
        writeAttribute(out, "gitpod.audit.verb", facts.verb().text());
        writeOriginal(out, facts.entry().json());
        out.writeEndArray();
    }

    /** The stream has no time of its own: only one that was made from an audit-log entry tells when it happened. */
    private void write(JsonGenerator out, GitpodEvent event, Surroundings surroundings) throws IOException {
        writeHead(out, EntryTime.parse(event.createdAt()), event.receivedAt(), INFO, "gitpod.event");
        out.writeArrayFieldStart("attributes");
        writeAttribute(out, "log.record.uid", ids.get());
        writeAttribute(out, "gitpod.event.operation", event.operation());
        writeAttribute(out, "gitpod.event.resource.type", event.resourceType());
        writeAttribute(out, "gitpod.event.resource.id", event.resourceId());
        writeAttribute(out, "gitpod.event.environment.id", surroundings.environmentId());
        out.writeStartObject();
        out.writeStringField("key", "gitpod.event.synthetic");
        out.writeObjectFieldStart("value");
        out.writeBooleanField("boolValue", event.synthetic());
        out.writeEndObject();
        out.writeEndObject();
        writeAttribute(out, "gitpod.event.entry.id", event.entryId());
        writeAttribute(out, "gitpod.event.entry.created_at", event.createdAt());
        writeOriginal(out, event.json());
        out.writeEndArray();
    }

    private void write(JsonGenerator out, GapBody gap, Surroundings surroundings) throws IOException {
        boolean closed = gap instanceof ClosedGap;
        writeHead(
                out,
                null,
                surroundings.receivedAt(),
                closed ? INFO : WARN,
                closed ? "gitpod.event_gap_closed" : "gitpod.event_gap");
        out.writeArrayFieldStart("attributes");
        writeAttribute(out, "log.record.uid", ids.get());
        writeAttribute(out, "gitpod.gap.from", gap.from().toString());
        writeAttribute(out, "gitpod.gap.to", gap.to().toString());
        writeAttribute(out, "gitpod.gap.reason", gap.reason());
        writeAttribute(out, "gitpod.event.environment.id", surroundings.environmentId());
        writeOriginal(out, gap.json());
        out.writeEndArray();
    }

    private static void writeHead(JsonGenerator out, Instant happened, Instant observed, int severity, String eventName)
            throws IOException {
        Json.writeString(out, "timeUnixNano", EntryTime.unixNanos(happened));
        Json.writeString(out, "observedTimeUnixNano", EntryTime.unixNanos(observed));
        out.writeNumberField("severityNumber", severity);
        out.writeStringField("eventName", eventName);
    }

    private static void writeOriginal(JsonGenerator out, JsonText text) throws IOException {
        out.writeStartObject();
        out.writeStringField("key", "log.record.original");
        out.writeObjectFieldStart("value");
        Json.writeString(out, "stringValue", text);
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void writeAttribute(JsonGenerator out, String key, String value) throws IOException {
        if (value == null || value.isEmpty()) {
            return;
        }
        out.writeStartObject();
        out.writeStringField("key", key);
        out.writeObjectFieldStart("value");
        out.writeStringField("stringValue", Texts.utf8(value));
        out.writeEndObject();
        out.writeEndObject();
    }
}
