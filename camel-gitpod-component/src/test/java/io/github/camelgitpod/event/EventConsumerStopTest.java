package io.github.camelgitpod.event;

import static io.github.camelgitpod.testing.EventRoute.CREATE;
import static io.github.camelgitpod.testing.EventRoute.ENVIRONMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.event.stream.StreamStatus.State;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.testing.EventRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Stopping takes less than five seconds whatever the stream waits for, and interrupts no exchange. */
@Timeout(60)
class EventConsumerStopTest {
    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();
    private final EventRoute route = gitpod.events();

    private final CountDownLatch inRoute = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private final CompletableFuture<String> outcome = new CompletableFuture<>();

    @AfterEach
    void close() {
        mayGoOn.countDown();
    }

    @Test
    void duringABlockedRead() throws Exception {
        route.start().awaitOpen();

        assertStopsSoon();

        await().until(() -> simulator.eventStreams().open() == 0);
    }

    @Test
    void duringTheWaitForTheNextAttempt() throws Exception {
        simulator.stopServer();
        route.start("reconnectDelay=24h", "maxReconnectDelay=24h");
        await().until(() -> route.consumer().status().state() == State.RECONNECTING);

        assertStopsSoon();
    }

    @Test
    void whileTheServerDoesNotAnswer() throws Exception {
        simulator.trouble().on("WatchEvents").silence();
        route.start();
        await().until(() -> simulator.requests().count("WatchEvents") == 1);

        assertStopsSoon();
    }

    @Test
    void whileTheServerWantsNoRequest() throws Exception {
        simulator
                .trouble()
                .on("WatchEvents")
                .respond(429, "resource_exhausted", "slow down")
                .retryAfter("3000");
        route.start();
        await().until(() -> route.consumer().status().state() == State.RECONNECTING);

        assertStopsSoon();
    }

    @Test
    void whileTheStreamIsSuspended() throws Exception {
        route.start().awaitOpen();
        route.context().getRouteController().suspendRoute("events");

        assertStopsSoon();
    }

    @Test
    void anExchangeUnderWayIsCompletedNotInterrupted() throws Exception {
        route.doing(this::blockInRoute).start().awaitOpen();
        simulator.eventStreams().publish(CREATE, ENVIRONMENT, "a");
        simulator.eventStreams().publish(CREATE, ENVIRONMENT, "b");
        inRoute.await();

        CompletableFuture<Void> stopped = route.stopping();
        // The intake ends at once, before the exchange does.
        await().until(() -> simulator.eventStreams().open() == 0);
        assertThat(stopped).isNotDone();
        mayGoOn.countDown();

        EventRoute.assertStops(stopped);
        assertThat(outcome).isCompletedWithValue("completed");
        assertThat(route.ids()).containsExactly("a");
    }

    @Test
    void anExchangeUnderWayIsCompletedWhenTheConsumerAloneIsStopped() throws Exception {
        route.doing(this::blockInRoute).start().awaitOpen();
        simulator.eventStreams().publish(CREATE, ENVIRONMENT, "a");
        inRoute.await();

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(route.consumer()::stop);
        await().until(() -> simulator.eventStreams().open() == 0);
        mayGoOn.countDown();

        EventRoute.assertStops(stopped);
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
        route.close();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().contains("gitpod-events")));
    }
}
