package io.github.camelgitpod.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.event.stream.StreamStatus.State;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.TroubleRule;
import io.github.camelgitpod.testing.EventRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each state of health comes and goes, in the check and in JMX. */
@Timeout(60)
class EventHealthTest {
    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();
    private final EventRoute route = gitpod.events();

    @Test
    void itStartsAndIsCurrent() throws Exception {
        TroubleRule silence = simulator.trouble().on("WatchEvents").silence();
        route.start();
        assertState("STARTING", HealthCheck.State.DOWN);

        silence.clear();
        route.context().getRouteController().stopRoute("events");
        route.context().getRouteController().startRoute("events");
        awaitState("CURRENT", HealthCheck.State.UP);
        assertThat(route.health().getDetails()).containsKeys("gitpod.since", "gitpod.lastSuccessAt");
        assertThat(route.health().getDetails()).doesNotContainKeys("gitpod.lastError", "gitpod.nextAttemptAt");
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "401, unauthenticated, UNAUTHORIZED, DOWN, is the access token valid?",
        "403, permission_denied, FORBIDDEN, DOWN, read access to these resources",
        "400, failed_precondition, PLAN, DOWN, the plan of the organization",
        "429, resource_exhausted, THROTTLED, UP, no",
        "503, unavailable, UNREACHABLE, DOWN, no"
    })
    void aRefusalIsSaidAndOverWhenItIsOver(
            int status, String code, String state, HealthCheck.State upOrDown, String hint) throws Exception {
        simulator
                .trouble()
                .on("WatchEvents")
                .times(1)
                .respond(status, code, "no")
                .retryAfter("1");
        route.start("reconnectDelay=1s", "maxReconnectDelay=1s");

        awaitState(state, upOrDown);
        assertThat(route.health().getDetails())
                .containsKey("gitpod.nextAttemptAt")
                .hasEntrySatisfying(
                        "gitpod.lastError", error -> assertThat((String) error).contains("no", hint));

        // Another credential need not wait.
        simulator.rotateAccessToken("another");
        route.token("another");
        awaitState("CURRENT", HealthCheck.State.UP);
    }

    @Test
    void whatWillNotPassHasFailedUntilTheRouteIsStartedAgain() throws Exception {
        simulator.trouble().on("WatchEvents").times(1).respond(404, "not_found", "no such thing");
        route.start();
        awaitState("FAILED", HealthCheck.State.DOWN);

        route.context().getRouteController().stopRoute("events");
        route.context().getRouteController().startRoute("events");
        awaitState("CURRENT", HealthCheck.State.UP);
    }

    @Test
    void anInterruptionIsToleratedForTenSecondsButNotBeforeTheFirstConnectionOfAStart() throws Exception {
        route.start().awaitOpen();
        simulator.stopServer();
        await().until(() -> route.consumer().status().state() == State.RECONNECTING);
        assertState("CURRENT", HealthCheck.State.UP);
        assertThat(route.health().getMessage().orElseThrow()).contains("is interrupted");

        route.pass(EventHealth.BRIEF.plusSeconds(1));
        assertState("UNREACHABLE", HealthCheck.State.DOWN);

        route.context().getRouteController().stopRoute("events");
        route.context().getRouteController().startRoute("events");
        awaitState("UNREACHABLE", HealthCheck.State.DOWN);
        simulator.startServer();
        awaitState("CURRENT", HealthCheck.State.UP);
    }

    @Test
    void aRouteThatBlocksIsSeenAlsoWhenLittleWaits() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        route.doing(exchange -> {
            blocked.countDown();
            goesOn.await();
        });
        route.start().awaitOpen();
        route.deliver("a");
        blocked.await();
        assertState("CURRENT", HealthCheck.State.UP);

        route.pass(EventHealth.BLOCKED_AFTER.plusSeconds(1));
        assertState("STALE", HealthCheck.State.DOWN);
        assertThat(route.health().getMessage().orElseThrow()).contains("The route has had an exchange for PT5M");
        await().untilAsserted(
                        () -> assertThat(gitpod.logs().warnings()).anyMatch(line -> line.contains("stands still")));

        goesOn.countDown();
        awaitState("CURRENT", HealthCheck.State.UP);
    }

    @Test
    void aListingThatIsGivenUpIsSaid() throws Exception {
        TroubleRule trouble = simulator.trouble().on("ListEnvironments").respond(503, "unavailable", "no list");
        route.configuration().setMaxRetries(0);
        route.start("reconcile=relist").awaitOpen();

        await().until(() -> route.consumer().getRecoveryError() != null);
        assertState("CURRENT", HealthCheck.State.UP);
        assertThat(route.health().getDetails())
                .hasEntrySatisfying("gitpod.recoveryError", error -> assertThat((String) error)
                        .contains("no list"))
                .hasEntrySatisfying(
                        "gitpod.lastError", error -> assertThat((String) error).contains("no list"));

        trouble.clear();
        await().until(() -> route.consumer().getRecoveryError() == null);
        assertThat(route.health().getDetails()).doesNotContainKeys("gitpod.recoveryError", "gitpod.lastError");
    }

    private void awaitState(String state, HealthCheck.State upOrDown) {
        await().until(() -> state.equals(route.health().getDetails().get("gitpod.state")));
        assertState(state, upOrDown);
    }

    private void assertState(String state, HealthCheck.State upOrDown) {
        HealthCheck.Result health = route.health();
        assertThat(health.getDetails()).containsEntry("gitpod.state", state);
        assertThat(health.getState()).as(state).isEqualTo(upOrDown);
        assertThat(route.consumer().getHealthState()).isEqualTo(state);
    }
}
