package io.github.camelgitpod.event.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.client.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RangesToReadTest {
    private static final Instant ZERO = Instant.parse("2026-02-18T10:00:00Z");
    private static final Duration LOOKBACK = Duration.ofSeconds(100);
    private static final Instant LONG_AFTER = ZERO.plus(Duration.ofDays(1));

    private final RangesToRead ranges = new RangesToRead(List.of(), List.of(), LOOKBACK);

    @Test
    void isEmptyWhenNothingIsToBeReadNowOrAgain() {
        assertThat(ranges.isEmpty()).isTrue();
        assertThat(new RangesToRead(List.of(range(0, 1)), List.of(), LOOKBACK).isEmpty())
                .isFalse();
        assertThat(new RangesToRead(List.of(), List.of(range(0, 1)), LOOKBACK).isEmpty())
                .isFalse();
    }

    @Test
    void whatIsClearedIsReadNeitherNowNorAgain() {
        RangesToRead both = new RangesToRead(List.of(range(0, 1)), List.of(range(5, 6)), LOOKBACK);

        both.clear();

        assertThat(both.isEmpty()).isTrue();
    }

    @Test
    void rangesThatMeetBecomeOne() {
        ranges.add(range(0, 30));
        ranges.add(range(100, 110));
        ranges.add(range(30, 50));

        assertThat(ranges.next()).isEqualTo(range(100, 110));
        ranges.read(LONG_AFTER);
        assertThat(ranges.next()).isEqualTo(range(0, 50));
        ranges.read(LONG_AFTER);
        assertThat(ranges.next()).isNull();
    }

    @Test
    void ofVeryManyRangesTheOldestTwoBecomeOne() {
        for (int i = 0; i < 100; i++) {
            ranges.add(range(i * 10, i * 10 + 1));
        }
        assertThat(ranges.next()).isEqualTo(range(0, 1));

        ranges.add(range(5_000, 5_001));

        assertThat(ranges.next()).isEqualTo(range(0, 11));
        assertThat(ranges.with(Map.of()).unread()).hasSize(100);
    }

    @Test
    void itsLastPartIsReadAgainWhenLateEntriesHaveHadTheirTime() {
        ranges.add(range(0, 500));

        ranges.read(at(500));

        assertThat(ranges.untilNext(at(500))).isEqualTo(LOOKBACK);
        assertThat(ranges.dueAgain(at(599))).isEmpty();
        assertThat(ranges.dueAgain(at(600))).containsExactly(range(400, 500));
        ranges.readAgain(range(400, 500));
        assertThat(ranges.untilNext(at(600))).isNull();
    }

    @Test
    void partsThatFollowEachOtherAreReadAgainTogetherForUpToAMinute() {
        read(range(0, 30));
        read(range(30, 60));
        assertThat(ranges.dueAgain(LONG_AFTER)).containsExactly(range(0, 60));

        read(range(60, 61));
        read(range(70, 71));

        assertThat(ranges.dueAgain(LONG_AFTER)).containsExactly(range(0, 60), range(60, 61), range(70, 71));
    }

    @Test
    void readingGoesOnFromTheLastEntry() {
        ranges.add(range(0, 500));

        ranges.readUpTo(at(200), range(0, 500));
        assertThat(ranges.next()).isEqualTo(range(200, 500));

        // From then on entries can still become visible.
        ranges.readUpTo(at(450), range(0, 500));
        assertThat(ranges.next()).isEqualTo(range(400, 500));
    }

    @Test
    void anEntryOfAnotherRangeChangesNothing() {
        ranges.add(range(0, 500));

        ranges.readUpTo(at(200), range(0, 300));

        assertThat(ranges.next()).isEqualTo(range(0, 500));
    }

    @Test
    void withoutARangeToReadAnEntryChangesNothing() {
        ranges.readUpTo(at(200), range(0, 300));

        assertThat(ranges.isEmpty()).isTrue();
    }

    private void read(TimeRange range) {
        ranges.add(range);
        ranges.read(range.to());
    }

    private static TimeRange range(int from, int to) {
        return new TimeRange(at(from), at(to));
    }

    private static Instant at(int second) {
        return ZERO.plusSeconds(second);
    }
}
