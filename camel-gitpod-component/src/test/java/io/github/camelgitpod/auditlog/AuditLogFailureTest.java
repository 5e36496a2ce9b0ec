package io.github.camelgitpod.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.GitpodComponent;
import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckAware;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Routes that fail, servers that refuse, and stops at the worst moment. */
class AuditLogFailureTest {
    private static final Instant HOUR_AGO =
            Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);

    @RegisterExtension
    final GitpodSimulatorExtension extension = new GitpodSimulatorExtension();

    @TempDir
    Path directory;

    private GitpodSimulator simulator;
    private List<String> ids;

    @BeforeEach
    void fill() {
        simulator = extension.simulator();
        IntStream.range(0, 150).forEach(i -> simulator.auditLog().add(Entry.at(HOUR_AGO.plusSeconds(i))));
        ids = simulator.auditLog().ids();
    }

    @Test
    void anEntryWhoseExchangeFailsComesAgainAndNothingOvertakesIt() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        try (AuditLogRoute route = route("from=beginning")
                .doing(exchange -> {
                    if (broken.get() && ids.get(70).equals(exchange.getMessage().getHeader(GitpodConstants.ENTRY_ID))) {
                        throw new IllegalStateException("the sink is down");
                    }
                })
                .start()) {
            await().until(() -> route.exchanges().size() >= 74);
            assertThat(route.ids().subList(0, 71)).containsExactlyElementsOf(ids.subList(0, 71));
            assertThat(route.ids().subList(71, 74)).containsOnly(ids.get(70));

            broken.set(false);
            await().until(() -> route.ids().contains(ids.get(149)));
            assertThat(route.ids().stream().distinct()).containsExactlyElementsOf(ids);
        }
    }

    @Test
    void otherwiseItIsReportedAndPassedOver() throws Exception {
        try (AuditLogRoute route = route("from=beginning&breakOnFirstError=false")
                .doing(exchange -> {
                    if (ids.get(70).equals(exchange.getMessage().getHeader(GitpodConstants.ENTRY_ID))) {
                        throw new IllegalStateException("cannot digest this one");
                    }
                })
                .start()) {
            await().until(() -> route.exchanges().size() >= 150);
            assertThat(route.ids()).containsExactlyElementsOf(ids);
        }
    }

    @Test
    void aStopInTheMiddleOfABatchInterruptsNoExchangeAndLosesNothing() throws Exception {
        CountDownLatch inFlight = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        String options = "from=beginning&" + AuditLogRoute.stateIn(directory);
        List<String> first;
        try (AuditLogRoute route = route(options)
                .doing(exchange -> {
                    if (ids.get(42).equals(exchange.getMessage().getHeader(GitpodConstants.ENTRY_ID))) {
                        inFlight.countDown();
                        try {
                            mayGoOn.await(30, TimeUnit.SECONDS);
                        } catch (InterruptedException e) {
                            interrupted.set(true);
                        }
                    }
                })
                .start()) {
            inFlight.await(10, TimeUnit.SECONDS);
            Thread stopper = new Thread(() -> route.context().stop());
            stopper.start();
            await().until(() -> route.context().isStopping());
            mayGoOn.countDown();
            stopper.join(5_000);
            assertThat(route.context().isStopped()).as("stopped within 5 s").isTrue();
            first = List.copyOf(route.ids());
        }

        assertThat(interrupted).isFalse();
        assertThat(first).containsExactlyElementsOf(ids.subList(0, 43));
        try (AuditLogRoute route = route(options).start()) {
            await().until(() -> route.exchanges().size() >= 107);
            assertThat(route.ids()).containsExactlyElementsOf(ids.subList(43, 150));
        }
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
        try (AuditLogRoute route = route("from=beginning").start()) {
            await().until(() -> simulator.requests().count("ListAuditLogs") >= 1);
            Thread stopper = new Thread(() -> route.context().stop());
            stopper.start();
            stopper.join(5_000);
            assertThat(route.context().isStopped()).as("stopped within 5 s").isTrue();
        }
    }

    @Test
    void suspendEndsTheBatchAndResumeGoesOnWithIt() throws Exception {
        CountDownLatch suspended = new CountDownLatch(1);
        try (AuditLogRoute route = route("from=beginning")
                .doing(exchange -> {
                    if (ids.get(42).equals(exchange.getMessage().getHeader(GitpodConstants.ENTRY_ID))) {
                        suspended.await(30, TimeUnit.SECONDS);
                    }
                })
                .start()) {
            await().until(() -> route.exchanges().size() == 43);
            Thread suspender = new Thread(() -> {
                try {
                    route.context().getRouteController().suspendRoute("audit");
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            suspender.start();
            await().until(() ->
                    ((AuditLogConsumer) route.context().getRoute("audit").getConsumer()).isSuspendingOrSuspended());
            suspended.countDown();
            suspender.join(10_000);
            assertThat(route.ids()).containsExactlyElementsOf(ids.subList(0, 43));

            route.context().getRouteController().resumeRoute("audit");
            await().until(() -> route.exchanges().size() == 150);
            assertThat(route.ids()).containsExactlyElementsOf(ids);
        }
    }

    @Test
    void anUnreachableServerIsNoConfigurationErrorAndHeals() throws Exception {
        simulator.stopServer();
        try (AuditLogRoute route = route("from=beginning&maxRetries=0").start()) {
            await().until(() -> health(route).getError().isPresent());
            assertThat(health(route).getState()).isEqualTo(HealthCheck.State.DOWN);

            simulator.startServer();
            await().until(() -> route.exchanges().size() == 150);
            await().until(() -> health(route).getState() == HealthCheck.State.UP);
        }
    }

    @Test
    void aRefusalShowsInHealthWithWhatIsNeededAndHealsWhenTheTokenIsRotated() throws Exception {
        try (AuditLogRoute route = new AuditLogRoute(simulator, "from=beginning", null)) {
            GitpodComponent component = route.context().getComponent("gitpod", GitpodComponent.class);
            component.getConfiguration().setAccessToken(simulator.memberToken());
            route.start();
            await().until(() -> health(route).getError().isPresent());
            assertThat(health(route).getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(health(route).getDetails()).containsEntry(HealthCheck.HTTP_RESPONSE_CODE, 403);
            assertThat(health(route).getError().orElseThrow()).hasMessageContaining("audit-log reader role");

            component.getConfiguration().setAccessToken(simulator.accessToken());
            await().until(() -> route.exchanges().size() == 150);
            await().until(() -> health(route).getState() == HealthCheck.State.UP);
        }
    }

    @Test
    void aFailedPageIsAskedForAgainAndNothingIsSkipped() throws Exception {
        simulator.trouble().on("ListAuditLogs").probability(0.5, 1).respond(500, "internal", "oops");
        try (AuditLogRoute route = route("from=beginning&pageSize=7&maxRetries=0&" + AuditLogRoute.stateIn(directory))
                .start()) {
            await().until(() -> route.exchanges().size() == 150);
            assertThat(route.ids()).containsExactlyElementsOf(ids);
        }
    }

    @Test
    void aWiderFilterUnderAStoredCursorIsRefusedAndANarrowerOneIsNot() throws Exception {
        String state = "from=beginning&" + AuditLogRoute.stateIn(directory);
        try (AuditLogRoute route =
                route(state + "&subjectTypes=user,environment").start()) {
            await().until(() -> route.exchanges().size() == 150);
        }
        try (AuditLogRoute narrower = route(state + "&subjectTypes=environment").start()) {
            assertThat(narrower.context().isStarted()).isTrue();
        }
        AuditLogRoute wider = route(state);
        assertThatThrownBy(wider::start)
                .hasStackTraceContaining("onFilterChange")
                .hasStackTraceContaining("RESOURCE_TYPE_ENVIRONMENT");
        wider.close();
        try (AuditLogRoute reset = route(state + "&onFilterChange=reset").start()) {
            await().until(() -> reset.exchanges().size() == 150);
        }
    }

    private AuditLogRoute route(String options) {
        return new AuditLogRoute(simulator, options);
    }

    private static HealthCheck.Result health(AuditLogRoute route) {
        return ((HealthCheckAware) route.context().getRoute("audit").getConsumer())
                .getHealthCheck()
                .call(Map.of(HealthCheck.CHECK_KIND, HealthCheck.Kind.READINESS));
    }
}
