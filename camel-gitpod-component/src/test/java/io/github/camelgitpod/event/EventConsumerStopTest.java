package io.github.camelgitpod.event;

import static io.github.camelgitpod.event.EventRoute.CREATE;
import static io.github.camelgitpod.event.EventRoute.ENVIRONMENT;
import static io.github.camelgitpod.event.EventRoute.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.event.stream.StreamStatus.State;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Stopping takes less than five seconds whatever the stream waits for, and interrupts no exchange. */
@Timeout(60)
class EventConsumerStopTest {
    @RegisterExtension
    final GitpodSimulatorExtension extension = new GitpodSimulatorExtension();

    private final CountDownLatch inRoute = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private final CompletableFuture<String> outcome = new CompletableFuture<>();
    private EventRoute route;

    @BeforeEach
    void create() {
        route = new EventRoute(extension.simulator());
    }

    @AfterEach
    void close() {
        mayGoOn.countDown();
        route.close();
    }

    @Test
    void duringABlockedRead() throws Exception {
        route.start().awaitOpen();

        assertStopsSoon();

        await().atMost(PATIENCE)
                .until(() -> extension.simulator().eventStreams().open() == 0);
    }

    @Test
    void duringTheWaitForTheNextAttempt() throws Exception {
        extension.simulator().stopServer();
        route.start("reconnectDelay=24h", "maxReconnectDelay=24h");
        await().atMost(PATIENCE).until(() -> route.consumer().status().state() == State.RECONNECTING);

        assertStopsSoon();
    }

    @Test
    void whileTheServerDoesNotAnswer() throws Exception {
        extension.simulator().trouble().on("WatchEvents").silence();
        route.start();
        await().atMost(PATIENCE).until(() -> extension.simulator().requests().count("WatchEvents") == 1);

        assertStopsSoon();
    }

    @Test
    void whileTheServerWantsNoRequest() throws Exception {
        extension
                .simulator()
                .trouble()
                .on("WatchEvents")
                .respond(429, "resource_exhausted", "slow down")
                .retryAfter("3000");
        route.start();
        await().atMost(PATIENCE).until(() -> route.consumer().status().state() == State.RECONNECTING);

        assertStopsSoon();
    }

    @Test
    void whileTheStreamIsSuspended() throws Exception {
        route.start().awaitOpen();
        route.context.getRouteController().suspendRoute("events");

        assertStopsSoon();
    }

    @Test
    void anExchangeUnderWayIsCompletedNotInterrupted() throws Exception {
        route.then(this::blockInRoute).start().awaitOpen();
        extension.simulator().eventStreams().publish(CREATE, ENVIRONMENT, "a");
        extension.simulator().eventStreams().publish(CREATE, ENVIRONMENT, "b");
        inRoute.await();

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(route.context::stop);
        // The intake ends at once, before the exchange does.
        await().atMost(PATIENCE)
                .until(() -> extension.simulator().eventStreams().open() == 0);
        assertThat(stopped).isNotDone();
        mayGoOn.countDown();

        stopped.get(5, TimeUnit.SECONDS);
        assertThat(outcome).isCompletedWithValue("completed");
        assertThat(route.ids()).containsExactly("a");
    }

    @Test
    void anExchangeUnderWayIsCompletedWhenTheConsumerAloneIsStopped() throws Exception {
        route.then(this::blockInRoute).start().awaitOpen();
        extension.simulator().eventStreams().publish(CREATE, ENVIRONMENT, "a");
        inRoute.await();

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(route.consumer()::stop);
        await().atMost(PATIENCE)
                .until(() -> extension.simulator().eventStreams().open() == 0);
        mayGoOn.countDown();

        stopped.get(5, TimeUnit.SECONDS);
        assertThat(outcome).isCompletedWithValue("completed");
    }

    private void blockInRoute(Exchange exchange) {
        inRoute.countDown();
        try {
            mayGoOn.await();
            outcome.complete("completed");
        } catch (InterruptedException e) {
            outcome.complete("interrupted");
        }
    }

    private void assertStopsSoon() throws Exception {
        CompletableFuture.runAsync(route.context::stop).get(5, TimeUnit.SECONDS);
        await().atMost(PATIENCE).until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().contains("gitpod-events")));
    }
}
