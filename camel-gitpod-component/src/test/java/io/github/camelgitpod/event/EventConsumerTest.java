package io.github.camelgitpod.event;

import static io.github.camelgitpod.testing.EventRoute.CREATE;
import static io.github.camelgitpod.testing.EventRoute.ENVIRONMENT;
import static io.github.camelgitpod.testing.EventRoute.UPDATE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.event.stream.StreamStatus.State;
import io.github.camelgitpod.simulator.Delivered;
import io.github.camelgitpod.simulator.EventStreams;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.testing.EventRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class EventConsumerTest {
    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private final EventRoute route = gitpod.events();
    private final EventStreams streams = simulator.eventStreams();

    @AfterEach
    void letTheRouteGoOn() {
        mayGoOn.countDown();
    }

    @Test
    void eventsAreDeliveredInOrderWithWhatTheServerSent() throws Exception {
        route.start().awaitOpen();
        Instant before = Instant.now();
        String[] ids = IntStream.range(0, 500).mapToObj(i -> "e" + i).toArray(String[]::new);

        route.deliver(ids);

        assertThat(route.ids()).containsExactly(ids);
        Map<String, Object> headers = route.headers().get(0);
        Instant receivedAt = Instant.parse((String) headers.get(GitpodConstants.RECEIVED_AT));
        assertThat(receivedAt).isBetween(before, Instant.now());
        assertThat(headers)
                .containsEntry(GitpodConstants.EVENT_TYPE, "CHANGE")
                .containsEntry(GitpodConstants.OPERATION, CREATE)
                .containsEntry(GitpodConstants.RESOURCE_TYPE, ENVIRONMENT)
                .containsEntry(GitpodConstants.RESOURCE_ID, "e0")
                .containsEntry(GitpodConstants.MESSAGE_TIMESTAMP, receivedAt.toEpochMilli())
                .containsEntry(GitpodConstants.ORGANIZATION_ID, simulator.organizationId())
                .hasSize(7);
        assertThat(route.bodies().get(0).json())
                .hasToString(streams.log().get(0).line());
        assertThat(route.consumer().status().events()).isEqualTo(500);
    }

    @Test
    void fieldsThatTheServerLeftOutAreNoHeaders() throws Exception {
        route.start().awaitOpen();

        streams.publishRaw("{\"resourceId\":\"x\",\"more\":1}\n".getBytes(UTF_8));

        await().until(() -> route.bodies().size() == 1);
        assertThat(route.headers().get(0))
                .containsEntry(GitpodConstants.RESOURCE_ID, "x")
                .doesNotContainKeys(GitpodConstants.OPERATION, GitpodConstants.RESOURCE_TYPE);
    }

    @Test
    void theStreamOfAnEnvironmentSaysWhichOne() throws Exception {
        String environment = "d2c94c27-3b76-4a42-b88c-95a85e392c68";
        route.start("environmentId=" + environment).awaitOpen();

        streams.publish(CREATE, "RESOURCE_TYPE_TASK", "t1", null, environment);

        await().until(() -> route.bodies().size() == 1);
        assertThat(route.headers().get(0)).containsEntry(GitpodConstants.ENVIRONMENT_ID, environment);
    }

    @Test
    void filtersAreSentAndRepeatedOptionsAreLists() throws Exception {
        route.start("resourceTypes=project", "resourceTypes=runner").awaitOpen();

        streams.publish(CREATE, ENVIRONMENT, "unwanted");
        streams.publish(CREATE, "RESOURCE_TYPE_PROJECT", "p");
        streams.publish(CREATE, "RESOURCE_TYPE_RUNNER", "r");

        await().until(() -> route.bodies().size() == 2);
        assertThat(route.ids()).containsExactly("p", "r");
    }

    @Test
    void onlyTheFirstEventAfterACutHasTheGap() throws Exception {
        route.start().awaitOpen();
        route.deliver("a", "b");
        Instant lastByteAt = route.consumer().status().lastByteAt();

        streams.cutAll();
        await().until(() -> streams.opened() == 2 && streams.open() == 1);
        route.deliver("c", "d");

        assertThat(route.ids()).containsExactly("a", "b", "c", "d");
        assertThat(route.gapReasons())
                .containsExactly(Optional.empty(), Optional.empty(), Optional.of("reset"), Optional.empty());
        Map<String, Object> headers = route.headers().get(2);
        Instant from = Instant.parse((String) headers.get(GitpodConstants.GAP_FROM));
        Instant to = Instant.parse((String) headers.get(GitpodConstants.GAP_TO));
        assertThat(from).isEqualTo(lastByteAt);
        assertThat(to).isAfter(from).isBeforeOrEqualTo((String) headers.get(GitpodConstants.RECEIVED_AT));
        assertThat(route.consumer().status().gaps()).isEqualTo(1);
    }

    @Test
    void unwantedOperationsAreLeftOutAndLeaveTheGapToTheNextEvent() throws Exception {
        route.start("operations=create").awaitOpen();
        streams.publish(UPDATE, ENVIRONMENT, "u1");
        route.deliver("a");

        streams.endAll();
        await().until(() -> streams.opened() == 2 && streams.open() == 1);
        streams.publish(UPDATE, ENVIRONMENT, "u2");
        route.deliver("b");

        assertThat(route.ids()).containsExactly("a", "b");
        assertThat(route.gapReasons()).containsExactly(Optional.empty(), Optional.of("clean-end"));
    }

    @Test
    void afterFiftyCutsEveryEventWasDeliveredOnceAndEachGapIsMarked() throws Exception {
        route.start().awaitOpen();
        List<Integer> firstOfConnection = new ArrayList<>();
        for (int cut = 0; cut < 50; cut++) {
            int opened = cut + 1;
            await().until(() -> streams.opened() == opened && streams.open() == 1);
            firstOfConnection.add(cut * 20);
            for (int i = 0; i < 20; i++) {
                streams.publish(CREATE, ENVIRONMENT, "e" + (cut * 20 + i));
            }
            // Sent before the end, so it has to be delivered however the stream ends behind it.
            if (cut % 2 == 0) {
                streams.cutAll();
            } else {
                streams.endAll();
            }
        }

        await().until(() -> route.bodies().size() >= 1000);
        await().until(() -> streams.log().size() >= 1000);
        List<String> sent = streams.log().stream().map(Delivered::line).toList();
        assertThat(sent).hasSize(1000);
        assertThat(route.bodies().stream().map(body -> body.json().toString())).containsExactlyElementsOf(sent);
        List<Integer> marked = IntStream.range(0, 1000)
                .filter(i -> route.gapReasons().get(i).isPresent())
                .boxed()
                .toList();
        assertThat(marked).containsExactlyElementsOf(firstOfConnection.subList(1, 50));
    }

    @Test
    void aLineThatIsNoEventMarksTheNextOne() throws Exception {
        route.start("maxLineBytes=1KB").awaitOpen();
        streams.publishRaw("garbage\r\n\n".getBytes(UTF_8));
        route.deliver("a");
        streams.publishRaw(("{\"x\":\"" + "y".repeat(2000) + "\"}\n").getBytes(UTF_8));
        route.deliver("b", "c");

        assertThat(route.gapReasons()).containsExactly(Optional.of("parse"), Optional.of("overflow"), Optional.empty());
        assertThat(route.consumer().status().skippedLines()).isEqualTo(2);
        assertThat(streams.opened()).isEqualTo(1);
    }

    @Test
    void aQuietConnectionThatLivesIsRenewedWithoutAGap() throws Exception {
        route.start("idleTimeout=300ms").awaitOpen();

        await().until(() -> streams.open() == 2);
        route.deliver("a", "b");
        await().until(() -> route.consumer().status().renewals() == 1);
        route.deliver("c");

        assertThat(route.ids()).containsExactly("a", "b", "c");
        assertThat(route.gapReasons()).allMatch(Optional::isEmpty);
        assertThat(route.consumer().status().gaps()).isZero();
    }

    @Test
    void aConnectionThatSomebodyWantsAnewIsRenewedWithoutAGap() throws Exception {
        route.start().awaitOpen();

        route.consumer().reconnect();
        await().until(() -> streams.open() == 2);
        route.deliver("a", "b");
        await().until(() -> route.consumer().status().renewals() == 1);
        route.deliver("c");

        assertThat(route.ids()).containsExactly("a", "b", "c");
        assertThat(route.gapReasons()).allMatch(Optional::isEmpty);
        assertThat(route.consumer().streamStates()).containsExactly(Map.entry("organization", "OPEN"));
    }

    @Test
    void aSlowRouteIsNotTakenForASilentServer() throws Exception {
        streams.logging(false);
        route.doing(exchange -> mayGoOn.await());
        route.start("idleTimeout=400ms", "maxStall=2s").awaitOpen();

        // More than the buffer holds: the rest is not read.
        IntStream.range(0, 6_000).forEach(i -> streams.publish(CREATE, ENVIRONMENT, "e" + i));

        // That comes several idle timeouts after the last byte was read.
        await().until(() -> "stall".equals(route.consumer().getLastReason()));
        assertThat(route.consumer().getRenewals()).isZero();
        assertThat(streams.opened()).isEqualTo(1);
    }

    @Test
    void suspendingClosesTheConnectionAndResumingMarksTheGap() throws Exception {
        route.start().awaitOpen();
        route.deliver("a");

        route.context().getRouteController().suspendRoute("events");
        await().until(() -> streams.open() == 0);
        streams.publish(CREATE, ENVIRONMENT, "missed");
        route.context().getRouteController().resumeRoute("events");
        route.awaitOpen();
        route.deliver("b");

        assertThat(route.ids()).containsExactly("a", "b");
        assertThat(route.gapReasons()).containsExactly(Optional.empty(), Optional.of("suspended"));
        assertThat(streams.opened()).isEqualTo(2);
    }

    @Test
    void aSuspendedContextHasNoConnectionUntilItIsResumed() throws Exception {
        route.start().awaitOpen();
        route.deliver("a");

        route.context().suspend();
        await().until(() -> streams.open() == 0);
        route.context().resume();
        route.awaitOpen();
        route.deliver("b");

        assertThat(route.gapReasons()).containsExactly(Optional.empty(), Optional.of("suspended"));
        assertThat(streams.opened()).isEqualTo(2);
    }

    @Test
    void aRestartOpensOneNewConnection() throws Exception {
        route.start().awaitOpen();
        route.deliver("a");

        route.context().getRouteController().stopRoute("events");
        await().until(() -> streams.open() == 0);
        route.context().getRouteController().startRoute("events");
        route.awaitOpen();
        route.deliver("b");

        assertThat(route.ids()).containsExactly("a", "b");
        assertThat(streams.opened()).isEqualTo(2);
    }

    @Test
    void theConsumerStartsAgainAfterAShutdownAndMarksTheGap() throws Exception {
        route.start().awaitOpen();
        route.deliver("a");
        EventConsumer consumer = route.consumer();

        consumer.stop();
        consumer.shutdown();
        await().until(() -> streams.open() == 0);
        consumer.start();

        route.awaitOpen();
        route.deliver("b");
        assertThat(route.gapReasons()).containsExactly(Optional.empty(), Optional.of("restart"));
        assertThat(streams.opened()).isEqualTo(2);
    }

    @Test
    void aRouteThatIsStartedLaterConnectsOnceThen() throws Exception {
        route.autoStartup(false).start();
        assertThat(simulator.requests().count("WatchEvents")).isZero();

        route.context().getRouteController().startRoute("events");

        route.awaitOpen();
        route.deliver("a");
        assertThat(streams.opened()).isEqualTo(1);
    }

    @Test
    void nothingIsConnectedBeforeTheContextIsFullyStarted() throws Exception {
        EventRoute other = gitpod.events();
        AtomicLong opened = new AtomicLong();
        // The consumer has been started, the context not yet: in that time another context starts and connects.
        route.context().getManagementStrategy().addEventNotifier(new SimpleEventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) throws Exception {
                if (event instanceof CamelEvent.RouteStartedEvent) {
                    other.start();
                    await().until(() -> other.consumer().getOpenStreams() == 1);
                    opened.set(streams.opened());
                }
            }
        });

        route.start();

        await().until(() -> streams.open() == 2);
        assertThat(opened).hasValue(1);
    }

    @Test
    void anUnreachableServerDoesNotHoldUpTheRoute() throws Exception {
        simulator.stopServer();
        route.start();
        await().until(() -> route.consumer().status().state() == State.RECONNECTING);

        simulator.startServer();

        route.awaitOpen();
        route.deliver("a");
        assertThat(route.gapReasons()).containsExactly(Optional.of("reset"));
    }

    @Test
    void aServerThatComesBackIsFoundAgain() throws Exception {
        route.start().awaitOpen();

        simulator.restart();

        route.awaitOpen();
        route.deliver("a");
        assertThat(route.gapReasons().get(0)).isPresent();
    }

    @Test
    void wrongOptionsFailTheStart() {
        assertStartFails("environmentId=nonsense", "Option environmentId has the value nonsense; allowed: UUIDs");
        assertStartFails(
                "idleTimeout=0", "Option idleTimeout=0s is out of range; allowed: 1 ms to 24 days, such as 30s or 5m");
        assertStartFails("organization=true&environmentId=x", "Option organization=true and environmentId=x");
        assertThat(simulator.requests().count("WatchEvents")).isZero();
    }

    private void assertStartFails(String options, String message) {
        EventRoute wrong = gitpod.events();
        assertThatThrownBy(() -> wrong.start(options)).rootCause().hasMessageStartingWith(message);
    }
}
