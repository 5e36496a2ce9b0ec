package io.github.camelgitpod.auditlog.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.ListingGivenUpException;
import io.github.camelgitpod.client.RequestMeter;
import io.github.camelgitpod.health.HealthReport;
import io.github.camelgitpod.health.HealthState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How polls become a state, by a clock that the test moves. */
class ReadHealthTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private long nanos;
    private final RequestMeter requests = new RequestMeter(() -> nanos);

    @ParameterizedTest(name = "a delay of {0}: stale after {1}")
    @CsvSource({"PT0.02S, PT5M", "PT30S, PT5M", "PT1H, PT3H"})
    void itIsStaleAfterThreeDelaysAndFiveMinutes(Duration delay, Duration limit) {
        ReadHealth health = health(delay);
        health.pollBegins();
        health.pollEnds(true, false);

        pass(limit);
        assertThat(state(health)).isEqualTo(HealthState.CURRENT);
        pass(Duration.ofSeconds(1));
        assertThat(state(health)).isEqualTo(HealthState.STALE);
        assertThat(health.report().message()).contains("no poll was made");
    }

    @Test
    void whereSomethingElseDecidesWhenItPollsOnlyAPollCanBeStale() {
        ReadHealth health = health(null);
        health.pollBegins();
        health.pollEnds(true, false);
        pass(Duration.ofDays(1));
        assertThat(state(health)).isEqualTo(HealthState.CURRENT);

        health.pollBegins();
        assertThat(state(health)).as("it has just begun").isEqualTo(HealthState.CURRENT);
        pass(Duration.ofMinutes(6));
        assertThat(state(health)).isEqualTo(HealthState.STALE);
    }

    @Test
    void whoStandsByIsUpUntilItsPollsFailOrItDelivers() {
        ReadHealth health = health(Duration.ofSeconds(30));
        health.pollBegins();
        health.standsBy();
        assertThat(state(health)).isEqualTo(HealthState.STANDBY);
        assertThat(HealthState.STANDBY.isUp()).isTrue();

        health.pollFailed(new IOException("no database"));
        assertThat(state(health)).isEqualTo(HealthState.UNREACHABLE);
        health.standsBy();
        pass(Duration.ofHours(1));
        assertThat(state(health)).isEqualTo(HealthState.STALE);

        health.pollBegins();
        health.pollEnds(true, false);
        assertThat(state(health)).isEqualTo(HealthState.CURRENT);
    }

    @Test
    void aFirstPollThatIsAwaitedIsNotStale() {
        ReadHealth health = new ReadHealth(() -> NOW, () -> nanos, requests, Duration.ofSeconds(30));
        health.started(Duration.ofHours(1));
        pass(Duration.ofMinutes(64));
        assertThat(state(health)).isEqualTo(HealthState.STARTING);
        pass(Duration.ofMinutes(2));
        assertThat(state(health)).isEqualTo(HealthState.STALE);
    }

    @Test
    void aFailureEndsWithTheFirstAnswerAndTheBacklogWithAWholeRead() {
        ReadHealth health = health(Duration.ofSeconds(30));
        health.pollBegins();
        health.pollFailed(new IOException("refused"));
        assertThat(health.report().lastError()).isEqualTo("java.io.IOException: refused");
        assertThat(health.report().nextAttemptAt()).isEqualTo(NOW.plusSeconds(30));

        health.pollBegins();
        assertThat(state(health)).isEqualTo(HealthState.UNREACHABLE);
        health.delivering();
        assertThat(state(health)).isEqualTo(HealthState.CATCHING_UP);
        health.deliveryEnds(false);
        health.pollEnds(false, false);
        assertThat(state(health)).isEqualTo(HealthState.CATCHING_UP);
        assertThat(health.report().lastSuccessAt()).isNull();

        health.pollBegins();
        health.pollEnds(true, false);
        assertThat(state(health)).isEqualTo(HealthState.CURRENT);
        assertThat(health.report().lastError()).isNull();
        assertThat(health.report().lastSuccessAt()).isEqualTo(NOW);
    }

    @Test
    void aWaitThatTheServerAskedForIsShownUntilItIsOver() {
        ReadHealth health = health(Duration.ofSeconds(30));
        health.pollBegins();
        requests.heldBack(Duration.ofSeconds(10));

        HealthReport report = health.report();
        assertThat(report.state()).isEqualTo(HealthState.THROTTLED);
        assertThat(report.nextAttemptAt()).isEqualTo(NOW.plusSeconds(10));
        pass(Duration.ofSeconds(10));
        assertThat(state(health)).isEqualTo(HealthState.STARTING);

        health.pollFailed(new ApiException(429, null, "slow down", null));
        assertThat(state(health)).as("it did not say for how long").isEqualTo(HealthState.THROTTLED);
        health.pollFailed(new ApiException(503, null, "busy", Duration.ofSeconds(7)));
        assertThat(state(health)).as("that is more than too many requests").isEqualTo(HealthState.UNREACHABLE);
        assertThat(health.report().nextAttemptAt()).isEqualTo(NOW.plusSeconds(7));
        health.pollFailed(new ListingGivenUpException("endless"));
        assertThat(health.report().nextAttemptAt()).as("at growing intervals").isNull();
    }

    @Test
    void waitsThatOverlapCountOnce() {
        requests.heldBack(Duration.ofSeconds(10));
        pass(Duration.ofSeconds(4));
        requests.heldBack(Duration.ofSeconds(6));
        requests.heldBack(Duration.ofSeconds(8));
        assertThat(requests.heldBackFor()).isEqualTo(Duration.ofSeconds(8));
        assertThat(requests.throttled()).isEqualTo(Duration.ofSeconds(4));
        pass(Duration.ofSeconds(20));
        assertThat(requests.throttled()).isEqualTo(Duration.ofSeconds(12));
        assertThat(requests.heldBackFor()).isZero();
    }

    private ReadHealth health(Duration delay) {
        ReadHealth health = new ReadHealth(() -> NOW, () -> nanos, requests, delay);
        health.started(Duration.ZERO);
        return health;
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private static HealthState state(ReadHealth health) {
        return health.report().state();
    }
}
