package io.github.camelgitpod.simulator.life;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.protocol.Timestamps;
import io.github.camelgitpod.simulator.protocol.Uuids;
import io.github.camelgitpod.simulator.stream.Event;
import java.time.Instant;
import java.util.SplittableRandom;

/** Writes one step down: the entry in the audit log and, where there is one, its event. */
final class Chronicle {

    static final String CHANGE = "AUDIT_LOG_ENTRY_KIND_RESOURCE_CHANGE";
    static final String ACCESS = "AUDIT_LOG_ENTRY_KIND_CREDENTIAL_ACCESS";
    static final String VETO = "AUDIT_LOG_ENTRY_KIND_ENVIRONMENT_VETO";

    private final SplittableRandom random;
    private final Instant now;
    private final Story story;

    Chronicle(SplittableRandom random, Instant now, Story story) {
        this.random = random;
        this.now = now;
        this.story = story;
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
        entry(principal, actor, type, subject, action, CHANGE, null);
    }

    void entry(
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

    void event(String operation, String type, String id, String creator, String environment) {
        story.event(new Event("RESOURCE_OPERATION_" + operation, "RESOURCE_TYPE_" + type, id, creator, environment));
    }
}
