package io.github.camelgitpod.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each state of health comes and goes, in the check and in JMX. */
@Timeout(60)
class AuditLogHealthTest {
    private static final Duration LONG = Duration.ofMinutes(5).plusSeconds(5);

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();

    @BeforeEach
    void addEntries() {
        gitpod.entries(10);
    }

    @Test
    void itStartsCatchesUpAndIsCurrent() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        CountDownLatch taken = new CountDownLatch(1);
        AuditLogRoute route = gitpod.auditLogs("from=beginning").doing(exchange -> {
            answered.countDown();
            taken.await();
        });
        simulator
                .trouble()
                .on("ListAuditLogs")
                .times(1)
                .respond(500, "internal", "later")
                .retryAfter("1");
        route.start();
        assertState(route, "STARTING", HealthCheck.State.DOWN);

        answered.await();
        assertState(route, "CATCHING_UP", HealthCheck.State.UP);
        taken.countDown();

        awaitState(route, "CURRENT", HealthCheck.State.UP);
        assertThat(Instant.parse((String) route.health().getDetails().get("gitpod.lastSuccessAt")))
                .isEqualTo(route.consumer().getLastSuccessAt());
        assertThat(route.health().getDetails())
                .containsKeys("gitpod.watermark", "gitpod.lag")
                .doesNotContainKeys("gitpod.lastError", "gitpod.nextAttemptAt");
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "401, unauthenticated, UNAUTHORIZED",
        "403, permission_denied, FORBIDDEN",
        "400, failed_precondition, PLAN",
        "503, unavailable, UNREACHABLE"
    })
    void aRefusalIsSaidAndOverWhenItIsOver(int status, String code, String state) throws Exception {
        simulator.trouble().on("ListAuditLogs").respond(status, code, "no");
        AuditLogRoute route = gitpod.auditLogs("from=beginning&maxRetries=0").start();

        awaitState(route, state, HealthCheck.State.DOWN);
        await().until(() -> route.health().getError().isPresent());
        assertThat(route.health().getError().orElseThrow())
                .as("Camel's error-message says the message of each cause")
                .hasNoCause();
        assertThat(route.health().getDetails())
                .containsEntry(HealthCheck.HTTP_RESPONSE_CODE, status)
                .containsKey("gitpod.nextAttemptAt")
                .hasEntrySatisfying(
                        "gitpod.lastError", error -> assertThat((String) error).contains("no"));
        assertThat(route.consumer().getLastFailure()).contains("no");

        simulator.trouble().clear();
        // Another credential need not wait.
        simulator.rotateAccessToken("another");
        route.token("another");
        awaitState(route, "CURRENT", HealthCheck.State.UP);
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() throws Exception {
        simulator.stopServer();
        AuditLogRoute route = gitpod.auditLogs("from=beginning&maxRetries=0").start();
        awaitState(route, "UNREACHABLE", HealthCheck.State.DOWN);

        simulator.startServer();
        awaitState(route, "CURRENT", HealthCheck.State.UP);
    }

    @ParameterizedTest
    @CsvSource({"maxRetryAfter=60s", "maxRetryAfter=1s"})
    void aWaitThatTheServerAskedForIsNoFailure(String option) throws Exception {
        simulator
                .trouble()
                .on("ListAuditLogs")
                .after(1)
                .times(1)
                .respond(429, "resource_exhausted", "slow down")
                .retryAfter("2");
        AuditLogRoute route =
                gitpod.auditLogs("from=beginning&pageSize=5&" + option).start();

        awaitState(route, "THROTTLED", HealthCheck.State.UP);
        assertThat(route.health().getMessage().orElseThrow()).contains("none is sent before", "longer delay");
        assertThat(route.health().getDetails()).containsKey("gitpod.nextAttemptAt");
        await().untilAsserted(() -> assertThat(gitpod.logs().warnings())
                .filteredOn(line -> line.contains("wants fewer requests") || line.contains("wants no request"))
                .as("told once: by health while the poll waits, or as the failure that ends it")
                .hasSize(1));

        awaitState(route, "CURRENT", HealthCheck.State.UP);
        assertThat(route.consumer().getThrottledSeconds()).isBetween(1L, 2L);
    }

    @Test
    void aRouteThatBlocksIsSeen() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        AuditLogRoute route = gitpod.auditLogs("from=beginning").doing(exchange -> {
            blocked.countDown();
            goesOn.await();
        });
        route.start();
        blocked.await();
        assertState(route, "CATCHING_UP", HealthCheck.State.UP);

        route.pass(LONG);
        assertState(route, "STALE", HealthCheck.State.DOWN);
        assertThat(route.health().getMessage().orElseThrow()).contains("an exchange is in the route");
        await().untilAsserted(() -> assertThat(gitpod.logs().warnings())
                .filteredOn(line -> line.contains("stands still"))
                .singleElement()
                .asString()
                .contains("an exchange is in the route"));

        goesOn.countDown();
        awaitState(route, "CURRENT", HealthCheck.State.UP);
    }

    @Test
    void aServerThatAnswersNothingForLongIsSeenBeforeItsTimeIsOver() throws Exception {
        AuditLogRoute route = gitpod.auditLogs("from=beginning").start();
        awaitState(route, "CURRENT", HealthCheck.State.UP);
        simulator.trouble().on("ListAuditLogs").silence();
        // Until a poll meets the silence, each one that is completed ends the time without news.
        await().until(() -> {
            route.pass(LONG);
            return route.consumer().getHealthState().equals("STALE")
                    && route.consumer().isPolling();
        });

        awaitState(route, "STALE", HealthCheck.State.DOWN);
        assertThat(route.health().getMessage().orElseThrow()).contains("take too long");
    }

    @Test
    void aRouteThatFailsForLongIsSeen() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        AuditLogRoute route = gitpod.auditLogs("from=beginning").doing(exchange -> {
            if (broken.get()) {
                throw new IllegalStateException("poison");
            }
        });
        route.start().polled();
        assertState(route, "CATCHING_UP", HealthCheck.State.UP);

        route.pass(LONG);
        awaitState(route, "STALE", HealthCheck.State.DOWN);
        await().until(() -> route.health().getMessage().orElse("").contains("the route fails with an entry"));

        broken.set(false);
        awaitState(route, "CURRENT", HealthCheck.State.UP);
    }

    @Test
    void aSlowFirstExportIsNotStale() throws Exception {
        AuditLogRoute route = gitpod.auditLogs("from=beginning");
        route.doing(exchange -> route.pass(Duration.ofMinutes(4))).start().delivered(10);

        awaitState(route, "CURRENT", HealthCheck.State.UP);
        assertThat(gitpod.logs().warnings()).noneMatch(line -> line.contains("stands still"));
    }

    @Test
    void whatEndsIsFinishedUntilItIsReset() throws Exception {
        AuditLogRoute route = gitpod.auditLogs("from=beginning&to=" + GitpodTest.HOUR_AGO.plusSeconds(100))
                .start();
        awaitState(route, "FINISHED", HealthCheck.State.UP);
        route.pass(LONG);
        assertState(route, "FINISHED", HealthCheck.State.UP);

        CountDownLatch goesOn = new CountDownLatch(1);
        route.doing(exchange -> goesOn.await());
        route.consumer().resetCursor("beginning");
        await().until(() -> route.exchanges().size() == 11);
        assertState(route, "CATCHING_UP", HealthCheck.State.UP);
        goesOn.countDown();
        awaitState(route, "FINISHED", HealthCheck.State.UP);
    }

    @Test
    void aCursorThatIsAheadHasFailedUntilItIsReset() throws Exception {
        MemoryStateRepository states = new MemoryStateRepository();
        try (AuditLogRoute route = gitpod.auditLogs("from=beginning&stateKey=k&stateRepository=#states")
                .bind("states", states)) {
            route.start().delivered(10).polled();
        }
        states.setState("k", states.getState("k").replaceFirst("\"L\":\"[^\"]*\"", "\"L\":\"2099-01-01T00:00:00Z\""));

        AuditLogRoute route = gitpod.auditLogs("from=beginning&stateKey=k&stateRepository=#states")
                .bind("states", states)
                .start();
        awaitState(route, "FAILED", HealthCheck.State.DOWN);

        route.consumer().resetCursor("beginning");
        awaitState(route, "CURRENT", HealthCheck.State.UP);
    }

    @Test
    void aSuspendedConsumerHasNoNews() throws Exception {
        AuditLogRoute route = gitpod.auditLogs("from=beginning").start();
        awaitState(route, "CURRENT", HealthCheck.State.UP);

        route.consumer().suspend();
        assertThat(route.health().getDetails()).containsEntry("gitpod.state", "STARTING");
        route.pass(LONG);
        route.consumer().resume();

        awaitState(route, "CURRENT", HealthCheck.State.UP);
        assertThat(gitpod.logs().warnings()).noneMatch(line -> line.contains("stands still"));
    }

    private static void awaitState(AuditLogRoute route, String state, HealthCheck.State upOrDown) {
        await().until(() -> state.equals(route.health().getDetails().get("gitpod.state")));
        assertState(route, state, upOrDown);
    }

    private static void assertState(AuditLogRoute route, String state, HealthCheck.State upOrDown) {
        HealthCheck.Result health = route.health();
        assertThat(health.getDetails()).containsEntry("gitpod.state", state);
        assertThat(health.getState()).as(state).isEqualTo(upOrDown);
        assertThat(route.consumer().getHealthState()).isEqualTo(state);
    }
}
