package io.github.camelgitpod.transform;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.transform.EntryFacts.VetoExec;
import io.github.camelgitpod.transform.Tables.Subject;
import io.github.camelgitpod.transform.Tables.Verb;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/** The Elastic Common Schema 9.4.0. What is the component's own stands below {@code gitpod}. */
final class EcsForm implements Form {
    private static final Pattern NO_PART_OF_AN_ACTION = Pattern.compile("[^a-z0-9-]");

    @Override
    public void write(JsonGenerator out, Object body, Surroundings surroundings) throws IOException {
        EntryFacts facts = EntryFacts.of((AuditLogEntry) body);
        out.writeStartObject();
        out.writeStringField("@timestamp", timestamp(facts.createdAt(), surroundings));
        out.writeObjectFieldStart("ecs");
        out.writeStringField("version", "9.4.0");
        out.writeEndObject();
        Json.writeString(out, "message", facts.action());
        writeEvent(out, facts, surroundings);
        writeUser(out, facts, surroundings);
        if (facts.subjectId() != null) {
            out.writeObjectFieldStart("entity");
            writeId(out, "target", facts.subjectId());
            out.writeEndObject();
        }
        if (facts.subject() == Subject.GROUP && isNamed(facts, surroundings)) {
            writeNamed(out, "group", facts.subjectId(), "name", surroundings.subjectName());
        }
        if (hasProcess(facts.exec())) {
            writeProcess(out, facts.exec());
        }
        writeId(out, "organization", surroundings.organizationId());
        writeRelated(out, facts);
        writeOwn(out, facts);
        out.writeEndObject();
    }

    /** It is required: without a time of its own, an entry has that of its receipt, as the standard says. */
    private static String timestamp(EntryTime createdAt, Surroundings surroundings) {
        return createdAt.instant() == null ? surroundings.firstSeen().toString() : createdAt.common();
    }

    private static void writeEvent(JsonGenerator out, EntryFacts facts, Surroundings surroundings) throws IOException {
        out.writeObjectFieldStart("event");
        Json.writeString(out, "id", facts.id());
        Json.writeString(out, "code", facts.kind());
        out.writeStringField("kind", facts.veto() == null ? "event" : "alert");
        writeStrings(out, "category", categories(facts));
        writeStrings(out, "type", types(facts));
        out.writeStringField("action", action(facts));
        out.writeStringField("outcome", "unknown");
        out.writeStringField("module", "gitpod");
        out.writeStringField("dataset", "gitpod.audit");
        Json.writeString(out, "provider", surroundings.host());
        if (surroundings.receivedAt() != null) {
            out.writeStringField("created", surroundings.receivedAt().toString());
        }
        Json.writeString(out, "original", facts.entry().json());
        out.writeEndObject();
    }

    private static List<String> categories(EntryFacts facts) {
        if (facts.veto() != null) {
            return hasProcess(facts.exec())
                    ? List.of("intrusion_detection", "process")
                    : List.of("intrusion_detection");
        }
        if (facts.verb().isAuthentication()) {
            return List.of("authentication");
        }
        return List.of(isOfIam(facts) ? "iam" : "configuration");
    }

    /** Each must be one that a category of the event expects. */
    private static List<String> types(EntryFacts facts) {
        if (facts.veto() != null) {
            return List.of(facts.veto().type);
        }
        String type = facts.verb().type;
        if (facts.verb().isAuthentication() || !isOfIam(facts)) {
            return List.of(type);
        }
        // The category iam has no access.
        String expected = facts.verb() == Verb.READ ? "info" : type;
        String about = facts.subject().iam;
        return about.isEmpty() ? List.of(expected) : List.of(about, expected);
    }

    private static boolean isOfIam(EntryFacts facts) {
        return facts.subject() != null && facts.subject().iam != null && !facts.isCredentialAccess();
    }

    private static String action(EntryFacts facts) {
        String word = facts.veto() == null ? facts.verb().word : facts.veto().word;
        String type = facts.subjectType() == null ? "" : Texts.word(facts.subjectType(), Subject.PREFIX);
        String subject = NO_PART_OF_AN_ACTION.matcher(type.replace('_', '-')).replaceAll("");
        return subject.isEmpty() ? word : subject + "-" + word;
    }

    private static void writeUser(JsonGenerator out, EntryFacts facts, Surroundings surroundings) throws IOException {
        boolean target = isAboutUser(facts) && isNamed(facts, surroundings);
        if (facts.actorId() == null
                && surroundings.actorName() == null
                && surroundings.actorEmail() == null
                && !target) {
            return;
        }
        out.writeObjectFieldStart("user");
        Json.writeString(out, "id", facts.actorId());
        Json.writeString(out, "full_name", surroundings.actorName());
        Json.writeString(out, "email", surroundings.actorEmail());
        if (target) {
            writeNamed(out, "target", facts.subjectId(), "full_name", surroundings.subjectName());
        }
        out.writeEndObject();
    }

    private static boolean isAboutUser(EntryFacts facts) {
        return facts.subject() != null && facts.subject().isUser();
    }

    private static boolean isNamed(EntryFacts facts, Surroundings surroundings) {
        return facts.subjectId() != null || surroundings.subjectName() != null;
    }

    private static boolean hasProcess(VetoExec exec) {
        return exec != null && (exec.path() != null || exec.pid() != null || exec.sha256() != null);
    }

    private static void writeProcess(JsonGenerator out, VetoExec exec) throws IOException {
        out.writeObjectFieldStart("process");
        Json.writeString(out, "executable", exec.path());
        if (exec.pid() != null) {
            out.writeNumberField("pid", exec.pid());
        }
        if (exec.sha256() != null) {
            out.writeObjectFieldStart("hash");
            out.writeStringField("sha256", exec.sha256());
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private static void writeRelated(JsonGenerator out, EntryFacts facts) throws IOException {
        String actor = facts.actorId();
        String user = isAboutUser(facts) ? facts.subjectId() : null;
        if (actor == null && user == null) {
            return;
        }
        out.writeObjectFieldStart("related");
        out.writeArrayFieldStart("user");
        if (actor != null) {
            out.writeString(actor);
        }
        if (user != null && !user.equals(actor)) {
            out.writeString(user);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void writeOwn(JsonGenerator out, EntryFacts facts) throws IOException {
        out.writeObjectFieldStart("gitpod");
        out.writeObjectFieldStart("audit");
        Json.writeString(out, "id", facts.id());
        Json.writeString(out, "actor_id", facts.actorId());
        Json.writeString(out, "actor_principal", facts.actorPrincipal());
        Json.writeString(out, "subject_id", facts.subjectId());
        Json.writeString(out, "subject_type", facts.subjectType());
        Json.writeString(out, "action", facts.action());
        Json.writeString(out, "created_at", facts.createdAt().sent());
        Json.writeString(out, "kind", facts.kind());
        out.writeStringField("verb", facts.verb().text());
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void writeId(JsonGenerator out, String object, String id) throws IOException {
        if (id != null) {
            out.writeObjectFieldStart(object);
            out.writeStringField("id", id);
            out.writeEndObject();
        }
    }

    private static void writeNamed(JsonGenerator out, String object, String id, String nameField, String name)
            throws IOException {
        out.writeObjectFieldStart(object);
        Json.writeString(out, "id", id);
        Json.writeString(out, nameField, name);
        out.writeEndObject();
    }

    private static void writeStrings(JsonGenerator out, String field, List<String> values) throws IOException {
        out.writeArrayFieldStart(field);
        for (String value : values) {
            out.writeString(value);
        }
        out.writeEndArray();
    }
}
