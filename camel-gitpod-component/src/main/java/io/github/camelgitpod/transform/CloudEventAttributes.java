package io.github.camelgitpod.transform;

import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.GapBody;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.transform.Tables.Principal;
import io.github.camelgitpod.transform.Tables.Subject;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The attributes of CloudEvents 1.0, whatever writes them. Source and id together are the key by which duplicates are known. */
final class CloudEventAttributes {
    private static final String TYPE = "io.github.camelgitpod.";

    private final Supplier<String> ids;

    /** @param ids new ones, for what the server gave none */
    CloudEventAttributes(Supplier<String> ids) {
        this.ids = ids;
    }

    /**
     * By their names, a value being a text or a boolean.
     *
     * @param body an entry, an event or a gap
     */
    Map<String, Object> of(Object body, Surroundings surroundings) throws IOException {
        if (surroundings.host() == null) {
            throw new IllegalArgumentException(
                    "A CloudEvent needs a source, and it is not known where its data came from:"
                            + " set the exchange property CamelGitpodOrigin to a GitpodOrigin with a host");
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("specversion", "1.0");
        if (body instanceof AuditLogEntry entry) {
            put(attributes, entry, surroundings);
        } else {
            put(attributes, "id", ids.get());
            put(attributes, "source", source(surroundings) + "/watch");
            if (body instanceof GitpodEvent event) {
                put(attributes, event);
            } else {
                put(attributes, (GapBody) body, surroundings);
            }
        }
        return attributes;
    }

    private static void put(Map<String, Object> attributes, AuditLogEntry entry, Surroundings surroundings)
            throws IOException {
        EntryFacts facts = EntryFacts.of(entry);
        put(attributes, "id", entry.key());
        put(attributes, "source", source(surroundings));
        put(attributes, "type", TYPE + "auditlog.v1");
        put(attributes, "subject", subject(facts.subjectType(), facts.subjectId()));
        put(attributes, "time", facts.createdAt().rfc3339());
        put(attributes, "datacontenttype", "application/json");
        if (facts.actorId() != null) {
            Principal principal = facts.principal();
            put(attributes, "authtype", principal == null ? "unknown" : principal.authType);
            put(attributes, "authid", facts.actorId());
        }
        put(attributes, "partitionkey", facts.subjectId());
        put(attributes, "recordedtime", surroundings.mappedAt().toString());
        put(attributes, "kind", facts.kind());
        put(attributes, "organization", surroundings.organizationId());
    }

    private static void put(Map<String, Object> attributes, GitpodEvent event) {
        String operation = event.operation() == null || event.operation().isEmpty()
                ? ""
                : Texts.word(event.operation(), "RESOURCE_OPERATION_") + ".";
        put(attributes, "type", TYPE + "event." + operation + "v1");
        put(attributes, "subject", subject(event.resourceType(), event.resourceId()));
        put(attributes, "time", event.receivedAt().toString());
        put(attributes, "datacontenttype", "application/json");
        put(attributes, "partitionkey", event.resourceId());
        attributes.put("synthetic", event.synthetic());
    }

    private static void put(Map<String, Object> attributes, GapBody gap, Surroundings surroundings) {
        boolean closed = gap instanceof ClosedGap;
        put(attributes, "type", TYPE + (closed ? "event.gap_closed.v1" : "event.gap.v1"));
        put(attributes, "time", surroundings.firstSeen().toString());
        put(attributes, "datacontenttype", "application/json");
        put(attributes, "partitionkey", surroundings.environmentId());
    }

    private static String source(Surroundings surroundings) {
        return "https://" + surroundings.host();
    }

    private static String subject(String type, String id) {
        if (id == null || id.isEmpty()) {
            return null;
        }
        return type == null || type.isEmpty() ? id : Texts.word(type, Subject.PREFIX) + "/" + id;
    }

    private static void put(Map<String, Object> attributes, String name, String value) {
        if (value != null && !value.isEmpty()) {
            attributes.put(name, Texts.attribute(value));
        }
    }
}
