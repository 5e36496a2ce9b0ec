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
    private static final int PAGE_SIZE = 10;

    private final AuditLogCursor cursor = AuditLogCursor.startingAt(WATERMARK);

    @Test
    void fullReadIsDueAtFirstAndAfterHalfALookback() {
        ReadSchedule schedule = schedule(null);
        assertThat(schedule.isFullReadDue(NOW, SETTLED)).isTrue();

        schedule.fullyRead(NOW);
        assertThat(schedule.isFullReadDue(NOW.plusSeconds(149), SETTLED)).isFalse();
        assertThat(schedule.isFullReadDue(NOW.plusSeconds(150), SETTLED)).isTrue();

        schedule.fullyRead(NOW.plusSeconds(150));
        schedule.reset();
        assertThat(schedule.isFullReadDue(NOW.plusSeconds(151), SETTLED)).isTrue();
    }

    @Test
    void fullReadIsDueWhenTheEndIsSettled() {
        ReadSchedule schedule = schedule(SETTLED);
        schedule.fullyRead(NOW);

        assertThat(schedule.isFullReadDue(NOW, SETTLED.minusNanos(1))).isFalse();
        assertThat(schedule.isFullReadDue(NOW, SETTLED)).isTrue();
    }

    @Test
    void tailBeginsFiveSecondsBeforeTheNewestEntry() {
        assertThat(schedule(null).tail(cursor, NOW)).isEqualTo(new TimeRange(WATERMARK, END));

        deliver(1, WATERMARK.plusSeconds(5));
        assertThat(schedule(null).tail(cursor, NOW)).isEqualTo(new TimeRange(WATERMARK, END));

        deliver(1, Instant.parse("2026-01-01T11:59:00.0000019Z"));
        assertThat(schedule(null).tail(cursor, NOW))
                .isEqualTo(new TimeRange(Instant.parse("2026-01-01T11:58:55.000001Z"), END));
    }

    @Test
    void middleIsPassedOverWhereItHoldsMoreThanAPage() {
        deliver(PAGE_SIZE, SETTLED);
        deliver(1, NOW);
        assertThat(schedule(null).withoutTheMiddle(cursor, NOW, SETTLED))
                .containsExactly(new TimeRange(WATERMARK, END));

        deliver(1, SETTLED.plusSeconds(99));
        assertThat(schedule(null).withoutTheMiddle(cursor, NOW, SETTLED))
                .containsExactly(
                        new TimeRange(WATERMARK, SETTLED), new TimeRange(Instant.parse("2026-01-01T11:56:40Z"), END));
    }

    /** What comes after the newest entry delivered has not been read yet. */
    @Test
    void middleEndsBeforeTheNewestEntry() {
        deliver(PAGE_SIZE + 1, SETTLED);
        deliver(1, SETTLED.plusSeconds(60));

        assertThat(schedule(null).withoutTheMiddle(cursor, NOW, SETTLED))
                .containsExactly(new TimeRange(WATERMARK, SETTLED), new TimeRange(SETTLED.plusSeconds(55), END));
    }

    @Test
    void nothingIsPassedOverWhereTheNewestEntryIsSettled() {
        deliver(PAGE_SIZE + 1, SETTLED);

        assertThat(schedule(null).withoutTheMiddle(cursor, NOW, SETTLED))
                .containsExactly(new TimeRange(WATERMARK, END));
    }

    @Test
    void nothingIsReadFromTheEndOn() {
        Instant to = NOW.minusSeconds(30);
        deliver(PAGE_SIZE + 1, SETTLED);
        deliver(1, to.minusSeconds(1));

        assertThat(schedule(to).tail(cursor, NOW).to()).isEqualTo(to);
        assertThat(schedule(to).everything(cursor, NOW)).isEqualTo(new TimeRange(WATERMARK, to));
        assertThat(schedule(to).withoutTheMiddle(cursor, NOW, SETTLED).get(1).to())
                .isEqualTo(to);
    }

    private void deliver(int count, Instant createdAt) {
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
