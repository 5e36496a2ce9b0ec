package io.github.camelgitpod.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.camelgitpod.GitpodApiException;
import io.github.camelgitpod.GitpodComponent;
import io.github.camelgitpod.event.stream.StreamStatus.State;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.TroubleRule;
import io.github.camelgitpod.testing.EventRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.spi.ExceptionHandler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people, error handlers, health and JMX get to know. */
@Timeout(60)
class EventConsumerReportTest {
    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();
    private final EventRoute route = gitpod.events();

    private final List<Throwable> handled = new CopyOnWriteArrayList<>();

    @BeforeEach
    void recordDebugMessages() {
        gitpod.logs().debug();
    }

    @Test
    void anOutageIsOneWarningAndItsEndOneInfo() throws Exception {
        route.start().awaitOpen();
        route.deliver("a");
        TroubleRule trouble = unavailable();

        simulator.eventStreams().cutAll();
        await().until(() -> route.consumer().status().attempts() >= 3);
        trouble.clear();
        route.awaitOpen();

        assertThat(gitpod.logs().messages(Level.WARN))
                .singleElement()
                .asString()
                .contains("is interrupted (reset)");
        assertThat(gitpod.logs().messages(Level.DEBUG)).anyMatch(message -> message.contains("(http-503)"));
        assertThat(gitpod.logs().messages(Level.INFO))
                .last()
                .asString()
                .contains("is open again at attempt", "(reset)");
        assertThat(gitpod.logs().events()).noneMatch(event -> event.getThrowableProxy() != null);
        assertThat(gitpod.logs().events())
                .noneMatch(event -> event.getFormattedMessage().contains(simulator.accessToken()));
    }

    @Test
    void aWaitThatTheServerAsksForIsToldAndWhichRouteItIs() throws Exception {
        simulator.trouble().on("WatchEvents").rateLimited(Duration.ofMinutes(10));
        route.start();
        await().until(() -> !gitpod.logs().warnings().isEmpty());

        assertThat(gitpod.logs().warnings())
                .singleElement()
                .asString()
                .contains("(route events)", "(http-429)", "; the next attempt is in 10m")
                .doesNotContain("ApiException");
    }

    @Test
    void aHandlerOfTheRouteIsToldOncePerOutage() throws Exception {
        route.context().getRegistry().bind("handler", new RecordingHandler());
        TroubleRule trouble = unavailable();
        route.start("exceptionHandler=#handler");
        await().until(() -> route.consumer().status().attempts() >= 3);

        assertThat(handled).singleElement().isInstanceOfSatisfying(GitpodApiException.class, e -> {
            assertThat(e.getHttpResponseCode()).isEqualTo(503);
            assertThat(e).hasMessageContaining("try later");
        });
        trouble.clear();
        route.awaitOpen();
        simulator.eventStreams().resetAll();
        await().until(() -> handled.size() == 2);
    }

    @Test
    void aServerThatEndsTheStreamIsNoFailure() throws Exception {
        route.context().getRegistry().bind("handler", new RecordingHandler());
        route.start("exceptionHandler=#handler").awaitOpen();

        simulator.eventStreams().endAll();
        await().until(() -> simulator.eventStreams().opened() == 2);

        assertThat(handled).isEmpty();
        assertThat(gitpod.logs().messages(Level.WARN))
                .singleElement()
                .asString()
                .contains("the server ended the stream");
    }

    @Test
    void aBridgeBringsEachOutageToTheErrorHandlerOnce() throws Exception {
        bridgedRoute();
        TroubleRule trouble = unavailable();
        route.start("bridgeErrorHandler=true");
        await().until(() -> route.consumer().status().attempts() >= 3);
        trouble.clear();
        route.awaitOpen();
        route.deliver("a");

        assertThat(handled).singleElement().isInstanceOf(GitpodApiException.class);
    }

    @Test
    void aBridgeDoesNotHandleAFailedExchangeTwice() throws Exception {
        bridgedRoute();
        route.doing(exchange -> {
            throw new IllegalStateException("bug in the route");
        });
        route.start("bridgeErrorHandler=true").awaitOpen();

        route.deliver("a", "b");

        await().until(() -> route.consumer().getPendingExchangesSize() == 0);
        assertThat(handled).extracting(Throwable::getMessage).containsExactly("bug in the route", "bug in the route");
    }

    @Test
    void aFailedExchangeIsReportedAndTheStreamGoesOn() throws Exception {
        route.context().getRegistry().bind("handler", new RecordingHandler());
        route.doing(exchange -> {
            throw new IllegalStateException("bug in the route");
        });
        route.start("exceptionHandler=#handler").awaitOpen();

        route.deliver("a", "b", "c");

        await().until(() -> handled.size() == 3);
        assertThat(route.ids()).containsExactly("a", "b", "c");
        assertThat(simulator.eventStreams().opened()).isEqualTo(1);
        assertThat(route.gapReasons()).allMatch(reason -> reason.isEmpty());
    }

    @Test
    void aHandlerThatThrowsDoesNotEndTheStream() throws Exception {
        route.context().getRegistry().bind("handler", new RecordingHandler() {
            @Override
            public void handleException(String message, Exchange exchange, Throwable exception) {
                throw new IllegalStateException("bug in the handler");
            }
        });
        route.doing(exchange -> {
            throw new IllegalStateException("bug in the route");
        });
        route.start("exceptionHandler=#handler").awaitOpen();
        route.deliver("a");

        simulator.eventStreams().endAll();
        await().until(() -> simulator.eventStreams().opened() == 2);
        route.awaitOpen();
        route.deliver("b");

        assertThat(route.ids()).containsExactly("a", "b");
    }

    @Test
    void anInterruptThatARouteLeavesBehindDoesNotEndTheStream() throws Exception {
        route.doing(exchange -> Thread.currentThread().interrupt()).start().awaitOpen();

        route.deliver("a");
        route.deliver("b");

        assertThat(route.ids()).containsExactly("a", "b");
        assertThat(simulator.eventStreams().opened()).isEqualTo(1);
    }

    @Test
    void healthFollowsTheConnection() throws Exception {
        TroubleRule trouble = unavailable();
        route.autoStartup(true).start();
        route.awaitHealth(HealthCheck.State.DOWN);
        await().until(() -> route.consumer().status().state() == State.RECONNECTING);

        HealthCheck.Result down = route.health();
        assertThat(down.getMessage().orElseThrow()).contains("interrupted (http-503)", "try later");
        assertThat(down.getDetails())
                .containsEntry("gitpod.state", "UNREACHABLE")
                .containsEntry("gitpod.reason", "http-503")
                .containsEntry(HealthCheck.HTTP_RESPONSE_CODE, 503)
                .containsKeys("gitpod.nextAttemptAt", "gitpod.lastError", HealthCheck.FAILURE_ERROR_COUNT);

        trouble.clear();
        route.awaitHealth(HealthCheck.State.UP);
        simulator.stopServer();
        await().until(() -> route.consumer().status().state() == State.RECONNECTING);
        assertThat(route.health().getState()).as("for a moment").isEqualTo(HealthCheck.State.UP);
        assertThat(route.health().getDetails()).containsEntry("gitpod.state", "CURRENT");
        route.pass(EventHealth.BRIEF.plusSeconds(1));
        assertThat(route.health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(route.health().getDetails()).containsEntry("gitpod.state", "UNREACHABLE");
        simulator.startServer();
        route.awaitHealth(HealthCheck.State.UP);
    }

    @Test
    void healthIsDownBeforeTheFirstConnection() throws Exception {
        simulator.trouble().on("WatchEvents").silence();

        route.start();

        HealthCheck.Result result = route.health();
        assertThat(result.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(result.getMessage().orElseThrow()).contains("not been opened yet");
    }

    @Test
    void healthHoldsNoToken() throws Exception {
        String wrong = "wrong-token-of-a-person";
        route.start("accessToken=RAW(" + wrong + ")");
        await().until(() -> route.consumer().status().state() == State.RECONNECTING);

        HealthCheck.Result result = route.health();

        assertThat(result.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(result.getDetails()).containsEntry(HealthCheck.HTTP_RESPONSE_CODE, 401);
        assertThat(result.getMessage() + " " + result.getDetails() + " " + result.getError())
                .contains("accessToken")
                .doesNotContain(wrong);
    }

    @Test
    void healthCanBeSwitchedOff() throws Exception {
        route.context().getComponent("gitpod", GitpodComponent.class).setHealthCheckConsumerEnabled(false);
        unavailable();

        route.start();

        assertThat(route.consumer().getHealthCheck().isEnabled()).isFalse();
        assertThat(route.consumer().getHealthCheck().call().getState()).isEqualTo(HealthCheck.State.UNKNOWN);
    }

    @Test
    void aRotatedTokenHealsTheStreamWithoutARestart() throws Exception {
        route.start().awaitOpen();
        simulator.rotateAccessToken("the-new-token");
        simulator.eventStreams().endAll();
        await().until(() -> route.consumer().status().lastStatus() == 401);
        assertThat(route.health().getState()).isEqualTo(HealthCheck.State.DOWN);

        route.token("the-new-token");

        route.awaitOpen();
        route.deliver("a");
        assertThat(route.health().getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(route.gapReasons().get(0)).contains("clean-end");
    }

    @Test
    void anErrorThatWillNotPassEndsTheStreamUntilItIsStartedAgain() throws Exception {
        simulator.trouble().on("WatchEvents").times(1).respond(404, "not_found", "no such thing");
        route.start();
        await().until(() -> route.consumer().status().state() == State.FAILED);

        assertThat(route.health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(route.health().getMessage().orElseThrow()).contains("for good", "http-404", "no such thing");
        assertThat(gitpod.logs().messages(Level.WARN))
                .singleElement()
                .asString()
                .contains("ended for good", "no such thing");
        assertThat(simulator.requests().count("WatchEvents")).isEqualTo(1);

        route.context().getRouteController().stopRoute("events");
        route.context().getRouteController().startRoute("events");
        route.awaitOpen();
        route.awaitHealth(HealthCheck.State.UP);
    }

    @Test
    void figuresAreManaged() throws Exception {
        route.start().awaitOpen();
        route.deliver("a", "b");
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        Set<ObjectName> names = server.queryNames(
                new ObjectName("org.apache.camel:context=" + route.context().getManagementName() + ",type=consumers,*"),
                null);

        ObjectName name = names.stream().findFirst().orElseThrow();

        assertThat(server.getAttribute(name, "StreamState")).isEqualTo("OPEN");
        assertThat(server.getAttribute(name, "Events")).isEqualTo(2L);
        assertThat(server.getAttribute(name, "Connects")).isEqualTo(1L);
        assertThat(server.getAttribute(name, "Gaps")).isEqualTo(0L);
        assertThat(server.getAttribute(name, "SkippedLines")).isEqualTo(0L);
        assertThat(server.getAttribute(name, "LastByteAt")).isNotNull();
        assertThat(server.getAttribute(name, "NextAttemptAt")).isNull();
    }

    private TroubleRule unavailable() {
        return simulator.trouble().on("WatchEvents").respond(503, "unavailable", "try later");
    }

    private void bridgedRoute() {
        route.onException(exchange -> handled.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)));
    }

    private class RecordingHandler implements ExceptionHandler {
        @Override
        public void handleException(Throwable exception) {
            handleException(null, null, exception);
        }

        @Override
        public void handleException(String message, Throwable exception) {
            handleException(message, null, exception);
        }

        @Override
        public void handleException(String message, Exchange exchange, Throwable exception) {
            handled.add(exception);
        }
    }
}
