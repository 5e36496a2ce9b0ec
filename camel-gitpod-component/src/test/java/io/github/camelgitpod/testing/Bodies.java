package io.github.camelgitpod.testing;

import io.github.camelgitpod.auditlog.walk.EntryMaker;
import io.github.camelgitpod.model.AuditLogBatch;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.GitpodEventBatch;
import io.github.camelgitpod.model.JsonBacked;
import io.github.camelgitpod.model.JsonText;
import io.github.camelgitpod.model.StreamGap;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** One of each kind of body that a route can have in its hands. */
public final class Bodies {
    /** With letters beyond ASCII and beyond 16 bits, odd white space, and numbers that no double holds. */
    public static final String ENTRY_TEXT =
            "{ \"id\":\"e1\", \"action\":\"gelöscht → 😀\",\"createdAt\":\"2026-02-18T10:00:00.123456789Z\","
                    + "\"new\":{\"price\":1.10,\"sum\":12345678901234567890.125,\"count\":12345678901234567890123} }";

    public static final AuditLogEntry ENTRY = EntryMaker.parse(ENTRY_TEXT);

    public static final GitpodEvent EVENT = GitpodEvent.ofStream(
            "RESOURCE_OPERATION_UPDATE",
            "RESOURCE_TYPE_ENVIRONMENT",
            "r1",
            Instant.parse("2026-02-18T10:00:00.123456789Z"),
            JsonText.of("{\"resourceId\":\"r1\",  \"name\":\"grün 😀\",\"size\":1.10}"));

    public static final AuditLogBatch BATCH =
            new AuditLogBatch(List.of(ENTRY, EntryMaker.parse("{\"id\":\"e2\",\"action\":\"größer\"}")));

    public static final GitpodEventBatch EVENTS = new GitpodEventBatch(List.of(EVENT, EVENT));

    public static final StreamGap GAP = new StreamGap(Instant.EPOCH, Instant.EPOCH.plusMillis(1500), "reset", 2);

    public static final ClosedGap CLOSED_GAP = new ClosedGap(GAP, 7, 2, 1);

    private Bodies() {}

    public static Stream<JsonBacked> all() {
        return Stream.of(ENTRY, EVENT, BATCH, EVENTS, GAP, CLOSED_GAP, ENTRY.json());
    }
}
