package io.github.camelgitpod.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Routes that fail, servers that refuse, and stops at the worst moment. */
@Timeout(60)
class AuditLogFailureTest {

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();

    private final List<String> ids = gitpod.entries(150);

    @Test
    void anEntryWhoseExchangeFailsComesAgainAndNothingOvertakesIt() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        AuditLogRoute route = route("from=beginning")
                .doing(exchange -> {
                    if (broken.get() && ids.get(70).equals(exchange.getMessage().getHeader(GitpodConstants.ENTRY_ID))) {
                        throw new IllegalStateException("the sink is down");
                    }
                })
                .start();
        await().until(() -> route.exchanges().size() >= 74);
        assertThat(route.ids().subList(0, 71)).containsExactlyElementsOf(ids.subList(0, 71));
        assertThat(route.ids().subList(71, 74)).containsOnly(ids.get(70));

        broken.set(false);
        await().until(() -> route.ids().contains(ids.get(149)));
        assertThat(route.ids().stream().distinct()).containsExactlyElementsOf(ids);
    }

    @Test
    void otherwiseItIsReportedAndPassedOver() throws Exception {
        AuditLogRoute route = route("from=beginning&breakOnFirstError=false")
                .doing(exchange -> {
                    if (ids.get(70).equals(exchange.getMessage().getHeader(GitpodConstants.ENTRY_ID))) {
                        throw new IllegalStateException("cannot digest this one");
                    }
                })
                .start();
        await().until(() -> route.exchanges().size() >= 150);
        assertThat(route.ids()).containsExactlyElementsOf(ids);
        route.polled();
        assertThat(route.consumer().coverageReport())
                .contains(
                        "150 entries",
                        "not complete: with 1 entry the route failed, and breakOnFirstError=false passed" + " over: "
                                + ids.get(70) + " of");
    }

    @Test
    void aStopInTheMiddleOfABatchInterruptsNoExchangeAndLosesNothing() throws Exception {
        CountDownLatch inFlight = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        String options = "from=beginning&" + gitpod.state();
        List<String> first;
        try (AuditLogRoute route = route(options)
                .doing(exchange -> {
                    if (ids.get(42).equals(exchange.getMessage().getHeader(GitpodConstants.ENTRY_ID))) {
                        inFlight.countDown();
                        try {
                            mayGoOn.await();
                        } catch (InterruptedException e) {
                            interrupted.set(true);
                        }
                    }
                })
                .start()) {
            inFlight.await();
            CompletableFuture<Void> stopping = route.stopping();
            await().until(() -> !route.consumer().isBatchAllowed());
            mayGoOn.countDown();
            AuditLogRoute.assertStops(stopping);
            first = List.copyOf(route.ids());
        }

        assertThat(interrupted).isFalse();
        assertThat(first).containsExactlyElementsOf(ids.subList(0, 43));
        AuditLogRoute route = route(options).start();
        await().until(() -> route.exchanges().size() >= 107);
        assertThat(route.ids()).containsExactlyElementsOf(ids.subList(43, 150));
    }

    @Test
    void aStopEndsTheWaitForARepeat() throws Exception {
        simulator
                .trouble()
                .on("ListAuditLogs")
                .respond(503, "unavailable", "busy")
                .retryAfter("50");
        stopsWithin5SecondsAfterTheFirstRequest();
    }

    @Test
    void aStopEndsARequestThatHangs() throws Exception {
        simulator.trouble().on("ListAuditLogs").silence();
        stopsWithin5SecondsAfterTheFirstRequest();
    }

    private void stopsWithin5SecondsAfterTheFirstRequest() throws Exception {
        AuditLogRoute route = route("from=beginning").start();
        await().until(() -> simulator.requests().count("ListAuditLogs") >= 1);
        route.close();
    }

    @Test
    void suspendEndsTheBatchAndResumeGoesOnWithIt() throws Exception {
        CountDownLatch suspended = new CountDownLatch(1);
        AuditLogRoute route = route("from=beginning")
                .doing(exchange -> {
                    if (ids.get(42).equals(exchange.getMessage().getHeader(GitpodConstants.ENTRY_ID))) {
                        suspended.await();
                    }
                })
                .start();
        await().until(() -> route.exchanges().size() == 43);
        CompletableFuture<Void> suspending = CompletableFuture.runAsync(() -> suspend(route));
        await().until(() -> route.consumer().isSuspendingOrSuspended());
        suspended.countDown();
        suspending.join();
        assertThat(route.ids()).containsExactlyElementsOf(ids.subList(0, 43));

        route.context().getRouteController().resumeRoute("audit");
        await().until(() -> route.exchanges().size() == 150);
        assertThat(route.ids()).containsExactlyElementsOf(ids);
    }

    @Test
    void anUnreachableServerIsNoConfigurationErrorAndHeals() throws Exception {
        simulator.stopServer();
        AuditLogRoute route = route("from=beginning&maxRetries=0").start();
        await().until(() -> route.health().getError().isPresent());
        assertThat(route.health().getState()).isEqualTo(HealthCheck.State.DOWN);

        simulator.startServer();
        await().until(() -> route.exchanges().size() == 150);
        await().until(() -> route.health().getState() == HealthCheck.State.UP);
    }

    @Test
    void aRefusalShowsInHealthWithWhatIsNeededAndHealsWhenTheTokenIsRotated() throws Exception {
        AuditLogRoute route = route("from=beginning");
        route.token(simulator.memberToken());
        route.start();
        await().until(() -> route.health().getError().isPresent());
        assertThat(route.health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(route.health().getDetails()).containsEntry(HealthCheck.HTTP_RESPONSE_CODE, 403);
        assertThat(route.health().getError().orElseThrow()).hasMessageContaining("audit-log reader role");

        route.token(simulator.accessToken());
        await().until(() -> route.exchanges().size() == 150);
        await().until(() -> route.health().getState() == HealthCheck.State.UP);
    }

    @Test
    void aFailedPageIsAskedForAgainAndNothingIsSkipped() throws Exception {
        simulator.trouble().on("ListAuditLogs").probability(0.5, 1).respond(500, "internal", "oops");
        AuditLogRoute route = route("from=beginning&pageSize=7&maxRetries=0&" + gitpod.state())
                .start();
        await().until(() -> route.exchanges().size() == 150);
        assertThat(route.ids()).containsExactlyElementsOf(ids);
    }

    @Test
    void aWiderFilterUnderAStoredCursorIsRefusedAndANarrowerOneGoesOn() throws Exception {
        String state = "from=beginning&" + gitpod.state();
        try (AuditLogRoute route =
                route(state + "&subjectTypes=user,environment").start()) {
            await().until(() -> route.exchanges().size() == 150);
        }
        Entry fresh = simulator.auditLog().add(Entry.at(simulator.now()));
        try (AuditLogRoute narrower = route(state + "&subjectTypes=environment").start()) {
            narrower.delivered(1).polled();
            assertThat(narrower.ids()).containsExactly(fresh.id());
        }
        AuditLogRoute wider = route(state);
        assertThatThrownBy(wider::start).hasMessageContainingAll("onFilterChange=keep", "RESOURCE_TYPE_ENVIRONMENT");
        wider.close();
        AuditLogRoute reset = route(state + "&onFilterChange=reset").start();
        await().until(() -> reset.exchanges().size() == 151);
    }

    private static void suspend(AuditLogRoute route) {
        try {
            route.context().getRouteController().suspendRoute("audit");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private AuditLogRoute route(String options) {
        return gitpod.auditLogs(options);
    }
}
