package io.github.camelgitpod.auditlog.walk;

import io.github.camelgitpod.auditlog.reader.Campaign;
import io.github.camelgitpod.auditlog.walk.AdversarialServer.Row;
import io.github.camelgitpod.client.http.PartialServer;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Makes up to 60 entries for a history: ties, some a fraction of a microsecond apart, and some that are seen late. */
public final class EntryMaker {
    public static final Instant ZERO = Instant.parse("2026-02-18T10:00:00Z");
    public static final String VETO = "AUDIT_LOG_ENTRY_KIND_ENVIRONMENT_VETO";
    private static final String CHANGE = "AUDIT_LOG_ENTRY_KIND_RESOURCE_CHANGE";
    public static final Duration FUTURE = Duration.ofDays(1);
    private static final PartialServer SERVER = new PartialServer() {};
    private static final JsonText NO_FIELDS = JsonText.of("{}");
    private static final int[] SPARSE_STEPS = {0, 1, 2, 9};
    private static final int[] DENSE_STEPS = {0, 0, 0, 1, 2, 9};

    private final Campaign campaign;
    private final Random random;

    public EntryMaker(Campaign campaign, Random random) {
        this.campaign = campaign;
        this.random = random;
    }

    /** When the last one was created, the future ones left aside. */
    public Instant fill(List<Row> rows) {
        int[] steps = campaign.dense ? DENSE_STEPS : SPARSE_STEPS;
        long seconds = 0;
        int count = random.nextInt(61);
        for (int i = 0; i < count; i++) {
            seconds += (long) steps[random.nextInt(steps.length)] * campaign.spread;
            Instant visibleFrom = ZERO.plusSeconds(seconds).plusNanos(random.nextInt(3) * 400);
            Instant createdAt = random.nextDouble() < campaign.futureDated ? visibleFrom.plus(FUTURE) : visibleFrom;
            rows.add(new Row(entry(createdAt), createdAt, visibleFrom.plus(lateness())));
        }
        return ZERO.plusSeconds(seconds);
    }

    private Duration lateness() {
        if (campaign.lateness == 0) {
            return Duration.ZERO;
        }
        return switch (random.nextInt(5)) {
            case 3 -> Duration.ofSeconds(1);
            case 4 -> Duration.ofSeconds(random.nextInt((int) Campaign.LOOKBACK.toSeconds() * campaign.lateness + 1));
            default -> Duration.ZERO;
        };
    }

    private AuditLogEntry entry(Instant createdAt) {
        boolean named = random.nextDouble() >= campaign.withoutId;
        boolean dated = random.nextDouble() >= campaign.withoutDate;
        return parse("{%s%s\"action\":\"%016x\",\"actorId\":\"%s\",\"subjectId\":\"%s\",\"createdAt\":\"%s\"}"
                .formatted(
                        named
                                ? "\"id\":\"%016x\",".formatted(random.nextLong())
                                : random.nextBoolean() ? "" : "\"id\":\"\",",
                        kind(),
                        random.nextLong(),
                        actor(random.nextInt(80)),
                        subject(random.nextInt(150)),
                        dated ? createdAt : "at some time"));
    }

    /** Where somebody looks at it. */
    private String kind() {
        if (campaign.filter.kinds().isEmpty() || random.nextInt(3) == 0) {
            return "";
        }
        return "\"kind\":\"%s\",".formatted(random.nextBoolean() ? VETO : CHANGE);
    }

    public static String actor(int number) {
        return "actor-%03d".formatted(number);
    }

    public static String subject(int number) {
        return "subject-%03d".formatted(number);
    }

    /** An entry with an id and a time only. */
    public static AuditLogEntry bare(String id, Instant createdAt) {
        return new AuditLogEntry(id, null, null, null, null, null, createdAt, null, null, NO_FIELDS);
    }

    public static AuditLogEntry parse(String json) {
        try {
            return SERVER.readAuditLogs(("{\"entries\":[" + json + "]}").getBytes(StandardCharsets.UTF_8))
                    .entries()
                    .get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
