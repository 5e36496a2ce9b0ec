package io.github.camelgitpod.simulator;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgitpod.simulator.protocol.EnumNames;
import io.github.camelgitpod.simulator.protocol.Json;
import io.github.camelgitpod.simulator.protocol.Timestamps;
import io.github.camelgitpod.simulator.protocol.Uuids;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An audit-log entry. Immutable; null and empty fields are absent from its JSON.
 *
 * @param id a UUID, in general; never null
 * @param actorId who did it; nullable
 * @param actorPrincipal such as {@code PRINCIPAL_USER}; nullable, any text
 * @param subjectId what it was done to; nullable
 * @param subjectType such as {@code RESOURCE_TYPE_ENVIRONMENT}; nullable, any text
 * @param action free text for people; nullable
 * @param createdAt the timestamp as sent: RFC 3339 with 0 to 9 fraction digits; never null
 * @param kind such as {@code AUDIT_LOG_ENTRY_KIND_RESOURCE_CHANGE}; nullable, older servers have none
 * @param extra further JSON members without braces, such as {@code "region":"eu"}; nullable
 * @param raw the exact text to send in place of the one that the fields give; nullable
 */
public record Entry(
        String id,
        String actorId,
        String actorPrincipal,
        String subjectId,
        String subjectType,
        String action,
        String createdAt,
        String kind,
        String extra,
        String raw) {

    private static final Set<String> KNOWN =
            Set.of("id", "actorId", "actorPrincipal", "subjectId", "subjectType", "action", "createdAt", "kind");

    /**
     * Checks what the log cannot do without.
     *
     * @throws NullPointerException without id or createdAt
     * @throws IllegalArgumentException if createdAt is not an RFC 3339 timestamp
     */
    public Entry {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(createdAt, "createdAt");
        Timestamps.parse(createdAt);
    }

    /**
     * A plausible entry, a person's change of an environment, with random ids.
     *
     * @param createdAt its time, written with as many fraction digits as it needs
     * @return a new entry
     */
    public static Entry at(Instant createdAt) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new Entry(
                Uuids.v7(createdAt, random.nextLong(), random.nextLong()),
                Uuids.v4(random.nextLong(), random.nextLong()),
                "PRINCIPAL_USER",
                Uuids.v7(createdAt, random.nextLong(), random.nextLong()),
                "RESOURCE_TYPE_ENVIRONMENT",
                "changed spec",
                Timestamps.format(createdAt),
                "AUDIT_LOG_ENTRY_KIND_RESOURCE_CHANGE",
                null,
                null);
    }

    /** All types that a subject can have, with their full names, such as {@code RESOURCE_TYPE_USER_SECRET}; sorted. */
    public static SortedSet<String> subjectTypes() {
        return new TreeSet<>(EnumNames.RESOURCE_TYPES);
    }

    /**
     * An entry whose JSON is exactly this text.
     *
     * @param json one JSON object with at least {@code id} and {@code createdAt}
     * @return the entry
     * @throws IllegalArgumentException if it is not such an object
     */
    public static Entry ofJson(String json) {
        if (!(Json.read(json) instanceof ObjectNode node) || !node.has("id") || !node.has("createdAt")) {
            throw new IllegalArgumentException("Not an audit-log entry with id and createdAt: " + json);
        }
        StringBuilder extra = new StringBuilder();
        node.properties().forEach(member -> {
            if (!KNOWN.contains(member.getKey())) {
                extra.append(extra.isEmpty() ? "" : ",");
                extra.append(quote(member.getKey())).append(':').append(member.getValue());
            }
        });
        Entry plain = new Entry(
                text(node, "id"),
                text(node, "actorId"),
                text(node, "actorPrincipal"),
                text(node, "subjectId"),
                text(node, "subjectType"),
                text(node, "action"),
                text(node, "createdAt"),
                text(node, "kind"),
                extra.isEmpty() ? null : extra.toString(),
                null);
        return plain.json().equals(json) ? plain : plain.withRaw(json);
    }

    /**
     * The text that the server sends for this entry.
     *
     * @return a JSON object
     */
    public String json() {
        if (raw != null) {
            return raw;
        }
        StringBuilder out = new StringBuilder(384).append('{');
        member(out, "id", id);
        member(out, "actorId", actorId);
        member(out, "actorPrincipal", actorPrincipal);
        member(out, "subjectId", subjectId);
        member(out, "subjectType", subjectType);
        member(out, "action", action);
        member(out, "createdAt", createdAt);
        member(out, "kind", kind);
        if (extra != null && !extra.isEmpty()) {
            out.append(out.length() > 1 ? "," : "").append(extra);
        }
        return out.append('}').toString();
    }

    /**
     * The time that {@link #createdAt()} says.
     *
     * @return to the nanosecond
     */
    public Instant time() {
        return Timestamps.parse(createdAt);
    }

    /**
     * A copy with another id.
     *
     * @param value never null
     * @return the copy
     */
    public Entry withId(String value) {
        return new Entry(value, actorId, actorPrincipal, subjectId, subjectType, action, createdAt, kind, extra, null);
    }

    /**
     * A copy with another actor.
     *
     * @param principal such as {@code PRINCIPAL_RUNNER}; null leaves it out
     * @param value the actor's id; null leaves it out
     * @return the copy
     */
    public Entry withActor(String principal, String value) {
        return new Entry(id, value, principal, subjectId, subjectType, action, createdAt, kind, extra, null);
    }

    /**
     * A copy with another subject.
     *
     * @param type such as {@code RESOURCE_TYPE_PROJECT}; null leaves it out
     * @param value the subject's id; null leaves it out
     * @return the copy
     */
    public Entry withSubject(String type, String value) {
        return new Entry(id, actorId, actorPrincipal, value, type, action, createdAt, kind, extra, null);
    }

    /**
     * A copy with another action.
     *
     * @param value null leaves it out
     * @return the copy
     */
    public Entry withAction(String value) {
        return new Entry(id, actorId, actorPrincipal, subjectId, subjectType, value, createdAt, kind, extra, null);
    }

    /**
     * A copy with another timestamp, written as given.
     *
     * @param value RFC 3339, an offset other than Z allowed
     * @return the copy
     */
    public Entry withCreatedAt(String value) {
        return new Entry(id, actorId, actorPrincipal, subjectId, subjectType, action, value, kind, extra, null);
    }

    /**
     * A copy with another kind.
     *
     * @param value null leaves it out, as older servers do
     * @return the copy
     */
    public Entry withKind(String value) {
        return new Entry(id, actorId, actorPrincipal, subjectId, subjectType, action, createdAt, value, extra, null);
    }

    /**
     * A copy with further members, such as a newer server would send.
     *
     * @param members JSON members without braces; null for none
     * @return the copy
     */
    public Entry withExtra(String members) {
        return new Entry(id, actorId, actorPrincipal, subjectId, subjectType, action, createdAt, kind, members, null);
    }

    private Entry withRaw(String json) {
        return new Entry(id, actorId, actorPrincipal, subjectId, subjectType, action, createdAt, kind, extra, json);
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value.asText();
    }

    private static void member(StringBuilder out, String name, String value) {
        if (value != null && !value.isEmpty()) {
            out.append(out.length() > 1 ? ",\"" : "\"").append(name).append("\":");
            out.append('"');
            JsonStringEncoder.getInstance().quoteAsString(value, out);
            out.append('"');
        }
    }

    private static String quote(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
