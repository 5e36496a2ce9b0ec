package io.github.camelgitpod.transform;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.transform.Tables.Principal;
import io.github.camelgitpod.transform.Tables.Subject;
import io.github.camelgitpod.transform.Tables.Veto;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * OCSF 1.8.0: Entity Management; Authentication for a login or logout; Base Event for an entry that has no subject. An attribute
 * that a class does not define would make the event invalid, so what has none stands in {@code unmapped}.
 */
final class OcsfForm implements Form {
    private static final Set<String> MAPPED =
            Set.of("id", "actorId", "actorPrincipal", "subjectId", "subjectType", "action", "createdAt", "kind");
    private static final Pattern EMAIL =
            Pattern.compile("[a-zA-Z0-9!#$%&'*+-/=?^_`{|}~.]+@[a-zA-Z0-9-]+\\.[a-zA-Z0-9-.]+");
    private static final int OTHER = 99;

    /** The classes that an entry can become. */
    private enum EventClass {
        BASE_EVENT(0, "Base Event", 0, "Uncategorized"),
        AUTHENTICATION(3002, "Authentication", 3, "Identity & Access Management"),
        ENTITY_MANAGEMENT(3004, "Entity Management", 3, "Identity & Access Management");

        private final int uid;
        private final String caption;
        private final int category;
        private final String categoryCaption;

        EventClass(int uid, String caption, int category, String categoryCaption) {
            this.uid = uid;
            this.caption = caption;
            this.category = category;
            this.categoryCaption = categoryCaption;
        }

        private static EventClass of(EntryFacts facts) {
            if (facts.verb().isAuthentication() && facts.actorId() != null) {
                return AUTHENTICATION;
            }
            return facts.subjectId() == null ? BASE_EVENT : ENTITY_MANAGEMENT;
        }

        /** Whether the class has this verb, and not only Other. */
        private boolean has(Tables.Verb verb) {
            return this != BASE_EVENT && verb.isAuthentication() == (this == AUTHENTICATION);
        }
    }

    @Override
    public void write(JsonGenerator out, Object body, Surroundings surroundings) throws IOException {
        EntryFacts facts = EntryFacts.of((AuditLogEntry) body);
        EventClass type = EventClass.of(facts);
        out.writeStartObject();
        writeClass(out, type, facts);
        writeAssessment(out, facts.veto());
        writeTime(out, facts.createdAt(), surroundings);
        Json.writeString(out, "message", facts.action());
        writeMetadata(out, type, facts, surroundings);
        if (facts.actorId() != null) {
            out.writeObjectFieldStart("actor");
            writeUser(out, facts, surroundings);
            out.writeEndObject();
        }
        if (type == EventClass.AUTHENTICATION) {
            writeUser(out, facts, surroundings);
            out.writeObjectFieldStart("service");
            out.writeStringField("name", "Ona");
            out.writeEndObject();
        } else if (type == EventClass.ENTITY_MANAGEMENT) {
            writeEntity(out, facts, surroundings);
        }
        Json.writeString(out, "raw_data", facts.entry().json());
        writeUnmapped(out, type, facts);
        out.writeEndObject();
    }

    private static void writeClass(JsonGenerator out, EventClass type, EntryFacts facts) throws IOException {
        int activity = OTHER;
        String caption = facts.action();
        if (type.has(facts.verb()) && facts.verb().caption != null) {
            activity = facts.verb().activity;
            caption = facts.verb().caption;
        } else if (caption == null) {
            activity = 0;
            caption = "Unknown";
        }
        out.writeNumberField("activity_id", activity);
        out.writeStringField("activity_name", caption);
        out.writeNumberField("category_uid", type.category);
        out.writeStringField("category_name", type.categoryCaption);
        out.writeNumberField("class_uid", type.uid);
        out.writeStringField("class_name", type.caption);
        out.writeNumberField("type_uid", type.uid * 100L + activity);
        out.writeStringField("type_name", type.caption + ": " + (activity == OTHER ? "Other" : caption));
    }

    private static void writeAssessment(JsonGenerator out, Veto veto) throws IOException {
        out.writeNumberField("severity_id", veto == null ? 1 : veto.severity);
        out.writeStringField("severity", veto == null ? "Informational" : veto.severityCaption);
        if (isKnown(veto)) {
            out.writeNumberField("action_id", veto.action);
            out.writeStringField("action", veto.actionCaption);
        }
        out.writeNumberField("status_id", 0);
        out.writeStringField("status", "Unknown");
    }

    private static boolean isKnown(Veto veto) {
        return veto != null && veto.actionCaption != null;
    }

    /** A time is required: without one of its own, an entry happened when it was received, as the standard says. */
    private static void writeTime(JsonGenerator out, EntryTime createdAt, Surroundings surroundings)
            throws IOException {
        EntryTime time = createdAt.instant() == null ? EntryTime.of(surroundings.firstSeen(), null) : createdAt;
        out.writeNumberField("time", time.instant().toEpochMilli());
        out.writeStringField("time_dt", time.rfc3339());
        if (createdAt.offsetMinutes() != null) {
            out.writeNumberField("timezone_offset", createdAt.offsetMinutes());
        }
    }

    private static void writeMetadata(JsonGenerator out, EventClass type, EntryFacts facts, Surroundings surroundings)
            throws IOException {
        out.writeObjectFieldStart("metadata");
        out.writeStringField("version", "1.8.0");
        out.writeArrayFieldStart("profiles");
        out.writeString("datetime");
        if (type == EventClass.BASE_EVENT && facts.actorId() != null) {
            // There the class has the attribute actor.
            out.writeString("host");
        }
        if (isKnown(facts.veto())) {
            out.writeString("security_control");
        }
        out.writeEndArray();
        out.writeObjectFieldStart("product");
        out.writeStringField("name", "Ona");
        out.writeStringField("vendor_name", "Ona (Gitpod)");
        out.writeEndObject();
        if (facts.id() != null) {
            byte[] id = facts.id().getBytes(StandardCharsets.UTF_8);
            out.writeStringField("uid", UUID.nameUUIDFromBytes(id).toString());
            out.writeStringField("original_event_uid", facts.id());
        }
        Json.writeString(out, "event_code", facts.kind());
        Json.writeString(out, "original_time", facts.createdAt().sent());
        out.writeStringField("log_name", "gitpod.audit");
        Json.writeString(out, "log_provider", surroundings.host());
        out.writeStringField("log_format", "JSON");
        Json.writeString(out, "tenant_uid", surroundings.organizationId());
        writeMillis(out, "logged_time", surroundings.receivedAt());
        writeMillis(out, "processed_time", surroundings.mappedAt());
        out.writeEndObject();
    }

    private static void writeMillis(JsonGenerator out, String field, Instant time) throws IOException {
        if (time != null) {
            out.writeNumberField(field, time.toEpochMilli());
        }
    }

    private static void writeUser(JsonGenerator out, EntryFacts facts, Surroundings surroundings) throws IOException {
        Principal principal = facts.principal();
        out.writeObjectFieldStart("user");
        out.writeStringField("uid", facts.actorId());
        writeType(
                out,
                principal == null ? OTHER : principal.type,
                principal == null ? null : principal.caption,
                facts.actorPrincipal());
        Json.writeString(out, "full_name", surroundings.actorName());
        if (surroundings.actorEmail() != null
                && EMAIL.matcher(surroundings.actorEmail()).matches()) {
            out.writeStringField("email_addr", surroundings.actorEmail());
        }
        out.writeEndObject();
    }

    private static void writeEntity(JsonGenerator out, EntryFacts facts, Surroundings surroundings) throws IOException {
        Subject subject = facts.subject();
        out.writeObjectFieldStart("entity");
        out.writeStringField("uid", facts.subjectId());
        writeType(
                out,
                subject == null ? OTHER : subject.type,
                subject == null ? null : subject.caption,
                facts.subjectType());
        Json.writeString(out, "name", surroundings.subjectName());
        if (subject != null && subject.member != null) {
            out.writeObjectFieldStart(subject.member);
            out.writeStringField("uid", facts.subjectId());
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    /**
     * Writes a type, and beside it what it is called.
     *
     * @param caption null: the raw value is
     * @param raw     null: the type is unknown
     */
    private static void writeType(JsonGenerator out, int type, String caption, String raw) throws IOException {
        out.writeNumberField("type_id", raw == null ? 0 : type);
        out.writeStringField("type", raw == null ? "Unknown" : caption == null ? raw : caption);
    }

    private static void writeUnmapped(JsonGenerator out, EventClass type, EntryFacts facts) throws IOException {
        out.writeObjectFieldStart("unmapped");
        Json.writeString(out, "actorPrincipal", facts.actorPrincipal());
        Json.writeString(out, "subjectType", facts.subjectType());
        if (type == EventClass.AUTHENTICATION) {
            Json.writeString(out, "subjectId", facts.subjectId());
        }
        Json.writeUnknown(out, facts.entry().json(), MAPPED);
        out.writeEndObject();
    }
}
