package io.github.camelgitpod.simulator.life;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.protocol.Timestamps;
import io.github.camelgitpod.simulator.protocol.Uuids;
import io.github.camelgitpod.simulator.stream.Event;
import java.time.Instant;
import java.util.SplittableRandom;

/** Writes one step down: the entry in the audit log and, where there is one, its event. */
final class Chronicle {

    private static final String KIND = "AUDIT_LOG_ENTRY_KIND_";

    private final SplittableRandom random;
    private final Instant now;
    private final Story story;
    private final boolean longAgo;

    /** With {@code longAgo} the step is from the time before today's kinds: entries keep the kind that they had then. */
    Chronicle(SplittableRandom random, Instant now, Story story, boolean longAgo) {
        this.random = random;
        this.now = now;
        this.story = story;
        this.longAgo = longAgo;
    }

    Instant now() {
        return now;
    }

    Story story() {
        return story;
    }

    String newId() {
        return Uuids.v7(now, random.nextLong(), random.nextLong());
    }

    void entry(String principal, String actor, String type, String subject, String action) {
        entry(principal, actor, type, subject, action, KIND + "RESOURCE_CHANGE", null);
    }

    private void entry(
            String principal, String actor, String type, String subject, String action, String kind, String details) {
        Entry entry = new Entry(
                newId(),
                actor,
                principal,
                subject,
                "RESOURCE_TYPE_" + type,
                action,
                Timestamps.format(now),
                kind,
                null,
                null);
        story.entry(entry, details);
    }

    void access(String actor, String subject, String action) {
        String kind = KIND + (longAgo ? "UNSPECIFIED" : "CREDENTIAL_ACCESS");
        entry("PRINCIPAL_ENVIRONMENT", actor, "USER_SECRET", subject, action, kind, null);
    }

    void veto(String environment, boolean blocked, String action, String details) {
        String then = "AGENT_SECURITY_EXEC_" + (blocked ? "BLOCKED" : "AUDITED");
        String kind = KIND + (longAgo ? then : "ENVIRONMENT_VETO");
        entry("PRINCIPAL_ENVIRONMENT", environment, "ENVIRONMENT", environment, action, kind, longAgo ? null : details);
    }

    void event(String operation, String type, String id, String creator, String environment) {
        story.event(new Event("RESOURCE_OPERATION_" + operation, "RESOURCE_TYPE_" + type, id, creator, environment));
    }
}
