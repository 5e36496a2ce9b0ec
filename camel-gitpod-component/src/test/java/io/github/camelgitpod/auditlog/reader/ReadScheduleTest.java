package io.github.camelgitpod.auditlog.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.auditlog.walk.EntryMaker;
import io.github.camelgitpod.client.TimeRange;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReadScheduleTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00.0000005Z");
    private static final Instant END = Instant.parse("2026-01-01T12:00:00.000001Z");
    private static final Instant WATERMARK = Instant.parse("2026-01-01T11:52:30Z");
    private static final Duration LOOKBACK = Duration.ofMinutes(5);
    private static final Instant SETTLED = Instant.parse("2026-01-01T11:55:00Z");
    private static final Instant RECENT = Instant.parse("2026-01-01T11:56:40Z");
    private static final int PAGE_SIZE = 10;

    private final AuditLogCursor cursor = AuditLogCursor.startingAt(WATERMARK);

    @Test
    void fullReadIsDueAtFirstAndAfterHalfALookback() {
        ReadSchedule schedule = schedule(null);
        assertThat(schedule.isFullReadDue(at(NOW))).isTrue();

        schedule.fullyRead(at(NOW));
        assertThat(schedule.isFullReadDue(at(NOW.plusSeconds(149)))).isFalse();
        assertThat(schedule.isFullReadDue(at(NOW.plusSeconds(150)))).isTrue();

        schedule.fullyRead(at(NOW.plusSeconds(150)));
        schedule.reset();
        assertThat(schedule.isFullReadDue(at(NOW.plusSeconds(151)))).isTrue();
    }

    /** It goes by this machine's clock, and one that was set back must not stop it for years. */
    @Test
    void noClockStopsFullReads() {
        ReadSchedule schedule = schedule(null);
        schedule.fullyRead(new Clocks(NOW.plusSeconds(1_000_000), NOW, LOOKBACK));

        assertThat(schedule.isFullReadDue(new Clocks(NOW, NOW.plusSeconds(150), LOOKBACK)))
                .isTrue();
        assertThat(schedule.isFullReadDue(new Clocks(NOW, NOW.minusSeconds(1), LOOKBACK)))
                .isTrue();
    }

    @Test
    void fullReadIsDueWhenTheEndIsSettled() {
        ReadSchedule schedule = schedule(NOW.minus(LOOKBACK));
        schedule.fullyRead(at(NOW.minusNanos(1)));

        assertThat(schedule.isFullReadDue(new Clocks(NOW.minusNanos(1), NOW, LOOKBACK)))
                .isFalse();
        assertThat(schedule.isFullReadDue(at(NOW))).isTrue();
    }

    @Test
    void tailBeginsFiveSecondsBeforeTheNewestEntry() {
        assertThat(schedule(null).tail(cursor, at(NOW))).isEqualTo(new TimeRange(WATERMARK, END));

        deliver(1, WATERMARK.plusSeconds(5));
        assertThat(schedule(null).tail(cursor, at(NOW))).isEqualTo(new TimeRange(WATERMARK, END));

        deliver(1, Instant.parse("2026-01-01T11:59:00.0000019Z"));
        assertThat(schedule(null).tail(cursor, at(NOW)))
                .isEqualTo(new TimeRange(Instant.parse("2026-01-01T11:58:55.000001Z"), END));
    }

    @Test
    void middleIsPassedOverWhereItHoldsMoreThanAPage() {
        deliver(PAGE_SIZE, SETTLED);
        deliver(1, NOW);
        assertThat(schedule(null).withoutTheMiddle(cursor, at(NOW), NOW))
                .containsExactly(new TimeRange(WATERMARK, END));

        deliver(1, SETTLED.plusSeconds(99));
        assertThat(schedule(null).withoutTheMiddle(cursor, at(NOW), NOW))
                .containsExactly(
                        new TimeRange(WATERMARK, SETTLED), new TimeRange(Instant.parse("2026-01-01T11:56:40Z"), END));
    }

    /** What comes after the newest entry delivered has not been read yet. */
    @Test
    void middleEndsBeforeTheNewestEntry() {
        deliver(PAGE_SIZE + 1, SETTLED);
        deliver(1, SETTLED.plusSeconds(60));

        assertThat(schedule(null).withoutTheMiddle(cursor, at(NOW), NOW))
                .containsExactly(new TimeRange(WATERMARK, SETTLED), new TimeRange(SETTLED.plusSeconds(55), END));
    }

    @Test
    void nothingIsPassedOverWhereTheNewestEntryIsSettled() {
        deliver(PAGE_SIZE + 1, SETTLED);

        assertThat(schedule(null).withoutTheMiddle(cursor, at(NOW), NOW))
                .containsExactly(new TimeRange(WATERMARK, END));
    }

    @Test
    void nothingIsReadFromTheEndOn() {
        Instant to = NOW.minusSeconds(30);
        deliver(PAGE_SIZE + 1, SETTLED);
        deliver(1, to.minusSeconds(1));

        assertThat(schedule(to).tail(cursor, at(NOW)).to()).isEqualTo(to);
        assertThat(schedule(to).everything(cursor, at(NOW))).isEqualTo(new TimeRange(WATERMARK, to));
        assertThat(schedule(to).withoutTheMiddle(cursor, at(NOW), NOW).get(1).to())
                .isEqualTo(to);
    }

    /** The slower clock decides how far the watermark may move, and not what is read. */
    @Test
    void whatBecameRipeIsReadThoughTheSlowerClockHasNotComeToIt() {
        AuditLogCursor behind = AuditLogCursor.startingAt(Instant.parse("2026-01-01T11:45:00Z"));
        Instant settled = SETTLED.minusSeconds(300);
        Instant ripe = SETTLED.minusSeconds(150);
        ReadSchedule schedule = schedule(null);
        deliver(behind, PAGE_SIZE + 1, settled.plusSeconds(60));
        deliver(behind, 1, ripe);
        schedule.begin(behind, slow(NOW.minusSeconds(450)));
        deliver(behind, PAGE_SIZE + 1, SETTLED);
        schedule.begin(behind, slow(NOW.minusSeconds(300)));
        deliver(behind, PAGE_SIZE + 1, SETTLED.plusSeconds(50));
        deliver(behind, 1, NOW);

        schedule.begin(behind, slow(NOW.minusSeconds(150)));
        assertThat(schedule.withoutTheMiddle(behind, slow(NOW), NOW))
                .as("the first full read")
                .containsExactly(new TimeRange(behind.watermark(), ripe), new TimeRange(RECENT, END));

        schedule.fullyRead(slow(NOW.minusSeconds(150)));
        schedule.begin(behind, slow(NOW));
        assertThat(schedule.withoutTheMiddle(behind, slow(NOW), NOW))
                .containsExactly(
                        new TimeRange(behind.watermark(), settled),
                        new TimeRange(ripe, SETTLED),
                        new TimeRange(RECENT, END));
    }

    private static Clocks slow(Instant machine) {
        return new Clocks(machine.minusSeconds(300), machine, LOOKBACK);
    }

    @Test
    void tailOfALogWithAnEntryOfTheFutureBeginsBeforeNow() {
        deliver(1, NOW.plusSeconds(1_000));

        assertThat(schedule(null).tail(cursor, at(NOW)))
                .isEqualTo(new TimeRange(Instant.parse("2026-01-01T11:59:55Z"), END));
    }

    private static Clocks at(Instant now) {
        return new Clocks(now, now, LOOKBACK);
    }

    private void deliver(int count, Instant createdAt) {
        deliver(cursor, count, createdAt);
    }

    private static void deliver(AuditLogCursor cursor, int count, Instant createdAt) {
        for (int i = 0; i < count; i++) {
            cursor.delivered(EntryMaker.bare(createdAt + "/" + i, createdAt), NOW);
        }
    }

    private static ReadSchedule schedule(Instant to) {
        return new ReadSchedule(new ReaderSettings()
                .to(to)
                .lookback(LOOKBACK)
                .pageSize(PAGE_SIZE)
                .build());
    }
}
