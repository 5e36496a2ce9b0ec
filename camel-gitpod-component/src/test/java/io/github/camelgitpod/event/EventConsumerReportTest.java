package io.github.camelgitpod.event;

import static io.github.camelgitpod.event.EventRoute.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.camelgitpod.GitpodApiException;
import io.github.camelgitpod.GitpodComponent;
import io.github.camelgitpod.event.stream.StreamStatus.State;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import io.github.camelgitpod.simulator.TroubleRule;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.spi.ExceptionHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** What people, error handlers, health and JMX get to know. */
@Timeout(60)
class EventConsumerReportTest {
    @RegisterExtension
    final GitpodSimulatorExtension extension = new GitpodSimulatorExtension();

    private final Logger logger = (Logger) LoggerFactory.getLogger(EventReporter.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<Throwable> handled = new CopyOnWriteArrayList<>();
    private EventRoute route;

    @BeforeEach
    void create() {
        route = new EventRoute(extension.simulator());
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.DEBUG);
    }

    @AfterEach
    void close() {
        route.close();
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void anOutageIsOneWarningAndItsEndOneInfo() throws Exception {
        route.start().awaitOpen();
        route.deliver("a");
        TroubleRule trouble = unavailable();

        extension.simulator().eventStreams().cutAll();
        await().atMost(PATIENCE).until(() -> route.consumer().status().attempts() >= 3);
        trouble.clear();
        route.awaitOpen();

        assertThat(messages(Level.WARN)).singleElement().asString().contains("is interrupted (reset)");
        assertThat(messages(Level.DEBUG)).anyMatch(message -> message.contains("(http-503)"));
        assertThat(messages(Level.INFO)).last().asString().contains("is open again after", "(reset)");
        assertThat(log.list).noneMatch(event -> event.getThrowableProxy() != null);
        assertThat(log.list).noneMatch(event -> event.getFormattedMessage()
                .contains(extension.simulator().accessToken()));
    }

    @Test
    void aHandlerOfTheRouteIsToldOncePerOutage() throws Exception {
        route.context.getRegistry().bind("handler", new RecordingHandler());
        TroubleRule trouble = unavailable();
        route.start("exceptionHandler=#handler");
        await().atMost(PATIENCE).until(() -> route.consumer().status().attempts() >= 3);

        assertThat(handled).singleElement().isInstanceOfSatisfying(GitpodApiException.class, e -> {
            assertThat(e.getHttpResponseCode()).isEqualTo(503);
            assertThat(e).hasMessageContaining("try later");
        });
        trouble.clear();
        route.awaitOpen();
        extension.simulator().eventStreams().resetAll();
        await().atMost(PATIENCE).until(() -> handled.size() == 2);
    }

    @Test
    void aServerThatEndsTheStreamIsNoFailure() throws Exception {
        route.context.getRegistry().bind("handler", new RecordingHandler());
        route.start("exceptionHandler=#handler").awaitOpen();

        extension.simulator().eventStreams().endAll();
        await().atMost(PATIENCE)
                .until(() -> extension.simulator().eventStreams().opened() == 2);

        assertThat(handled).isEmpty();
        assertThat(messages(Level.WARN)).singleElement().asString().contains("the server ended the stream");
    }

    @Test
    void aBridgeBringsEachOutageToTheErrorHandlerOnce() throws Exception {
        bridgedRoute();
        TroubleRule trouble = unavailable();
        route.start("bridgeErrorHandler=true");
        await().atMost(PATIENCE).until(() -> route.consumer().status().attempts() >= 3);
        trouble.clear();
        route.awaitOpen();
        route.deliver("a");

        assertThat(handled).singleElement().isInstanceOf(GitpodApiException.class);
    }

    @Test
    void aBridgeDoesNotHandleAFailedExchangeTwice() throws Exception {
        bridgedRoute();
        route.then(exchange -> {
            throw new IllegalStateException("bug in the route");
        });
        route.start("bridgeErrorHandler=true").awaitOpen();

        route.deliver("a", "b");

        await().atMost(PATIENCE).until(() -> route.consumer().getPendingExchangesSize() == 0);
        assertThat(handled).extracting(Throwable::getMessage).containsExactly("bug in the route", "bug in the route");
    }

    @Test
    void aFailedExchangeIsReportedAndTheStreamGoesOn() throws Exception {
        route.context.getRegistry().bind("handler", new RecordingHandler());
        route.then(exchange -> {
            throw new IllegalStateException("bug in the route");
        });
        route.start("exceptionHandler=#handler").awaitOpen();

        route.deliver("a", "b", "c");

        await().atMost(PATIENCE).until(() -> handled.size() == 3);
        assertThat(route.ids()).containsExactly("a", "b", "c");
        assertThat(extension.simulator().eventStreams().opened()).isEqualTo(1);
        assertThat(route.gapReasons()).allMatch(reason -> reason.isEmpty());
    }

    @Test
    void aHandlerThatThrowsDoesNotEndTheStream() throws Exception {
        route.context.getRegistry().bind("handler", new RecordingHandler() {
            @Override
            public void handleException(String message, Exchange exchange, Throwable exception) {
                throw new IllegalStateException("bug in the handler");
            }
        });
        route.then(exchange -> {
            throw new IllegalStateException("bug in the route");
        });
        route.start("exceptionHandler=#handler").awaitOpen();
        route.deliver("a");

        extension.simulator().eventStreams().endAll();
        await().atMost(PATIENCE)
                .until(() -> extension.simulator().eventStreams().opened() == 2);
        route.awaitOpen();
        route.deliver("b");

        assertThat(route.ids()).containsExactly("a", "b");
    }

    @Test
    void anInterruptThatARouteLeavesBehindDoesNotEndTheStream() throws Exception {
        route.then(exchange -> Thread.currentThread().interrupt()).start().awaitOpen();

        route.deliver("a");
        route.deliver("b");

        assertThat(route.ids()).containsExactly("a", "b");
        assertThat(extension.simulator().eventStreams().opened()).isEqualTo(1);
    }

    @Test
    void healthFollowsTheConnection() throws Exception {
        TroubleRule trouble = unavailable();
        route.autoStartup(true).start();
        route.awaitHealth(HealthCheck.State.DOWN);
        await().atMost(PATIENCE).until(() -> route.consumer().status().state() == State.RECONNECTING);

        HealthCheck.Result down = route.health();
        assertThat(down.getMessage().orElseThrow()).contains("interrupted (http-503)", "try later");
        assertThat(down.getDetails())
                .containsEntry("stream.reason", "http-503")
                .containsEntry(HealthCheck.HTTP_RESPONSE_CODE, 503)
                .containsKeys("stream.nextAttemptAt", HealthCheck.FAILURE_ERROR_COUNT);

        trouble.clear();
        route.awaitHealth(HealthCheck.State.UP);
        extension.simulator().stopServer();
        route.awaitHealth(HealthCheck.State.DOWN);
        extension.simulator().startServer();
        route.awaitHealth(HealthCheck.State.UP);
    }

    @Test
    void healthIsDownBeforeTheFirstConnection() throws Exception {
        extension.simulator().trouble().on("WatchEvents").silence();

        route.start();

        HealthCheck.Result result = route.health();
        assertThat(result.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(result.getMessage().orElseThrow()).contains("not been opened yet");
    }

    @Test
    void healthHoldsNoToken() throws Exception {
        String wrong = "wrong-token-of-a-person";
        route.start("accessToken=RAW(" + wrong + ")");
        await().atMost(PATIENCE).until(() -> route.consumer().status().state() == State.RECONNECTING);

        HealthCheck.Result result = route.health();

        assertThat(result.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(result.getDetails()).containsEntry(HealthCheck.HTTP_RESPONSE_CODE, 401);
        assertThat(result.getMessage() + " " + result.getDetails() + " " + result.getError())
                .contains("accessToken")
                .doesNotContain(wrong);
    }

    @Test
    void healthCanBeSwitchedOff() throws Exception {
        route.context.getComponent("gitpod", GitpodComponent.class).setHealthCheckConsumerEnabled(false);
        unavailable();

        route.start();

        assertThat(route.consumer().getHealthCheck().isEnabled()).isFalse();
        assertThat(route.consumer().getHealthCheck().call().getState()).isEqualTo(HealthCheck.State.UNKNOWN);
    }

    @Test
    void aRotatedTokenHealsTheStreamWithoutARestart() throws Exception {
        route.start().awaitOpen();
        extension.simulator().rotateAccessToken("the-new-token");
        extension.simulator().eventStreams().endAll();
        await().atMost(PATIENCE).until(() -> route.consumer().status().lastStatus() == 401);
        assertThat(route.health().getState()).isEqualTo(HealthCheck.State.DOWN);

        route.token("the-new-token");

        route.awaitOpen();
        route.deliver("a");
        assertThat(route.health().getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(route.gapReasons().get(0)).contains("clean-end");
    }

    @Test
    void anErrorThatWillNotPassEndsTheStreamUntilItIsStartedAgain() throws Exception {
        extension.simulator().trouble().on("WatchEvents").times(1).respond(404, "not_found", "no such thing");
        route.start();
        await().atMost(PATIENCE).until(() -> route.consumer().status().state() == State.FAILED);

        assertThat(route.health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(route.health().getMessage().orElseThrow()).contains("for good", "http-404", "no such thing");
        assertThat(messages(Level.WARN)).singleElement().asString().contains("ended for good", "no such thing");
        assertThat(extension.simulator().requests().count("WatchEvents")).isEqualTo(1);

        route.context.getRouteController().stopRoute("events");
        route.context.getRouteController().startRoute("events");
        route.awaitOpen();
        route.awaitHealth(HealthCheck.State.UP);
    }

    @Test
    void figuresAreManaged() throws Exception {
        route.start().awaitOpen();
        route.deliver("a", "b");
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        Set<ObjectName> names = server.queryNames(
                new ObjectName("org.apache.camel:context=" + route.context.getManagementName() + ",type=consumers,*"),
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
        return extension.simulator().trouble().on("WatchEvents").respond(503, "unavailable", "try later");
    }

    private void bridgedRoute() {
        route.onException(exchange -> handled.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)));
    }

    private List<String> messages(Level level) {
        return log.list.stream()
                .filter(event -> event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
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
