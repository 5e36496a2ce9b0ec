package io.github.camelgitpod.event.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.client.Backoff;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecoveryScheduleTest {
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), () -> 1);

    private final RecoverySchedule schedule = new RecoverySchedule();

    @Test
    void aFailedRecoveryIsDueAfterAWaitThatGrows() {
        schedule.recoveryWanted();
        schedule.recoverLater(BACKOFF, Duration.ZERO, 0);
        assertThat(schedule.untilDue(0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(schedule.isRecoveryDue(999_999_999)).isFalse();
        assertThat(schedule.isRecoveryDue(1_000_000_000)).isTrue();
        assertThat(schedule.isFirstFailure()).isTrue();
        assertThat(schedule.isFirstFailure()).isFalse();
        schedule.recoverLater(BACKOFF, Duration.ZERO, 0);
        assertThat(schedule.untilDue(0)).isEqualTo(Duration.ofSeconds(2));

        schedule.recovered();

        assertThat(schedule.untilDue(0)).isNull();
        assertThat(schedule.isRecoveryDue(Long.MAX_VALUE)).isFalse();
        assertThat(schedule.isFirstFailure()).isTrue();
        schedule.recoveryWanted();
        schedule.recoverLater(BACKOFF, Duration.ZERO, 0);
        assertThat(schedule.untilDue(0)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aFailedRecoveryIsNotDueBeforeTheServerMayBeAsked() {
        schedule.recoveryWanted();

        schedule.recoverLater(BACKOFF, Duration.ofSeconds(10), 0);

        assertThat(schedule.untilDue(0)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void whatComesFirstIsDue() {
        schedule.recoveryWanted();
        schedule.recoverLater(BACKOFF, Duration.ZERO, 0);
        schedule.lookLater(Duration.ofMillis(500), 0);
        assertThat(schedule.untilDue(0)).isEqualTo(Duration.ofMillis(500));
        assertThat(schedule.untilDue(Duration.ofSeconds(5).toNanos())).isEqualTo(Duration.ofNanos(1));
        assertThat(schedule.isLookDue(499_999_999)).isFalse();
        assertThat(schedule.isLookDue(500_000_000)).isTrue();

        schedule.lookLater(null, 0);

        assertThat(schedule.isLookDue(Long.MAX_VALUE)).isFalse();
        assertThat(schedule.untilDue(0)).isEqualTo(Duration.ofSeconds(1));
    }
}
