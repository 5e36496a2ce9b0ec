package io.github.camelgitpod.event;

import static io.github.camelgitpod.testing.EventRoute.CREATE;
import static io.github.camelgitpod.testing.EventRoute.ENVIRONMENT;
import static io.github.camelgitpod.testing.EventRoute.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.simulator.EventStreams;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.testing.EventRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.camel.TypeConverter;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever is missed is told: in exchanges of its own if that is wanted, over restarts, and when the route is too slow. */
@Timeout(60)
class EventGapsTest {
    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();
    private final EventRoute route = gitpod.events();
    private final EventStreams streams = simulator.eventStreams();

    private final CountDownLatch mayGoOn = new CountDownLatch(1);

    @AfterEach
    void close() {
        mayGoOn.countDown();
    }

    @Test
    void aGapIsTwoExchangesBeforeTheNextEvent() throws Exception {
        route.start("gapEvents=true").awaitOpen();
        route.deliver("a");

        streams.cutAll();
        await().until(() -> streams.opened() == 2 && streams.open() == 1);
        streams.publish(CREATE, ENVIRONMENT, "b");
        await().until(() -> route.exchanges().size() == 4);

        assertThat(types()).containsExactly("CHANGE", "GAP", "GAP_CLOSED", "CHANGE");
        Map<String, Object> headers = route.headers().get(1);
        assertThat(route.exchanges().get(1)).isInstanceOfSatisfying(StreamGap.class, gap -> {
            assertThat(gap.reason()).isEqualTo("reset");
            assertThat(gap.attempts()).isPositive();
            assertThat(headers)
                    .containsEntry(GitpodConstants.GAP_FROM, gap.from().toString())
                    .containsEntry(GitpodConstants.GAP_TO, gap.to().toString())
                    .containsEntry(GitpodConstants.GAP_REASON, "reset")
                    .containsEntry(GitpodConstants.MESSAGE_TIMESTAMP, gap.to().toEpochMilli());
        });
        assertThat(route.exchanges().get(2)).isInstanceOfSatisfying(ClosedGap.class, gap -> {
            assertThat(gap.from()).hasToString((String) headers.get(GitpodConstants.GAP_FROM));
            assertThat(gap.relisted() + gap.synthetic() + gap.auditEntries()).isZero();
        });
        assertThat(route.headers().get(3)).containsEntry(GitpodConstants.GAP_REASON, "reset");
        assertThat(route.consumer().getClosedGaps()).isEqualTo(1);
    }

    @Test
    void aServerThatIsDownAtTheStartIsAGapSinceThen() throws Exception {
        simulator.stopServer();
        Instant before = Instant.now();
        route.start("gapEvents=true");
        await().until(() -> route.consumer().getStreamState().equals("RECONNECTING"));
        Instant down = Instant.now();
        simulator.startServer();

        await().until(() -> route.exchanges().size() == 2);

        assertThat(route.exchanges().get(0)).isInstanceOfSatisfying(StreamGap.class, gap -> {
            assertThat(gap.from()).isBetween(before, down);
            assertThat(gap.to()).isAfterOrEqualTo(down);
            assertThat(gap.reason()).isEqualTo("reset");
        });
    }

    @Test
    void aGapIsJsonWhereTextIsAskedFor() {
        StreamGap gap = new StreamGap(Instant.EPOCH, Instant.EPOCH.plusMillis(1500), "reset", 2);
        ClosedGap closed = new ClosedGap(gap, 7, 2, 1);
        TypeConverter converter = route.context().getTypeConverter();
        String text =
                "{\"from\":\"1970-01-01T00:00:00Z\",\"to\":\"1970-01-01T00:00:01.500Z\",\"reason\":\"reset\",\"attempts\":2}";

        assertThat(converter.convertTo(String.class, gap)).isEqualTo(text);
        assertThat(converter.convertTo(byte[].class, gap)).asString().isEqualTo(text);
        assertThat(converter.convertTo(InputStream.class, gap)).hasContent(text);
        assertThat(converter.convertTo(JsonNode.class, gap)).hasToString(text);
        assertThat(new ObjectMapper().valueToTree(gap).toString()).isEqualTo(text);
        assertThat(converter.convertTo(Map.class, closed))
                .containsEntry("reason", "reset")
                .containsEntry("relisted", 7)
                .containsEntry("synthetic", 2)
                .containsEntry("auditEntries", 1);
    }

    @Test
    void aSkippedLineIsAGapToo() throws Exception {
        route.start("gapEvents=true").awaitOpen();
        streams.publishRaw("garbage\n".getBytes(StandardCharsets.UTF_8));
        streams.publish(CREATE, ENVIRONMENT, "a");

        await().until(() -> route.exchanges().size() == 3);
        assertThat(types()).containsExactly("GAP", "GAP_CLOSED", "CHANGE");
        assertThat(route.gapReasons()).allMatch(Optional.of("parse")::equals);
    }

    @Test
    void theLastGapIsInHealthAndJmx() throws Exception {
        route.start().awaitOpen();
        route.deliver("a");
        streams.endAll();
        await().until(() -> streams.opened() == 2 && streams.open() == 1);
        route.deliver("b");

        HealthCheck.Result health = route.health();

        assertThat(health.getDetails())
                .containsEntry("gitpod.gaps", 1L)
                .containsEntry(
                        "gitpod.lastGap",
                        route.headers().get(1).get(GitpodConstants.GAP_FROM) + "/"
                                + route.headers().get(1).get(GitpodConstants.GAP_TO) + " clean-end");
        assertThat(route.consumer().getLastGapReason()).isEqualTo("clean-end");
        assertThat(route.consumer().getLastGapTo())
                .isEqualTo(route.headers().get(1).get(GitpodConstants.GAP_TO));
    }

    @Test
    void aNewProcessKnowsSinceWhenItMissedEvents() throws Exception {
        String state = gitpod.state();
        route.start(state).awaitOpen();
        route.deliver("a");
        Instant lastByteAt = route.consumer().status().lastByteAt();
        route.close();

        EventRoute next = gitpod.events();
        next.start(state).awaitOpen();
        next.deliver("b");

        assertThat(next.gapReasons()).containsExactly(Optional.of("restart"));
        assertThat(next.headers().get(0)).containsEntry(GitpodConstants.GAP_FROM, lastByteAt.toString());
    }

    /** Its last save in turn would have come after five seconds. */
    @Test
    void aProcessThatIsKilledRightAfterItsFirstEventLeavesAGap() throws Exception {
        MemoryStateRepository states = new MemoryStateRepository();
        String[] options = {"stateRepository=#states", "stateKey=k"};
        route.context().getRegistry().bind("states", states);
        Instant before = Instant.now();
        route.start(options).awaitOpen();
        route.deliver("a");
        String whenKilled = states.getState("k");
        route.close();
        states.setState("k", whenKilled);
        streams.publish(CREATE, ENVIRONMENT, "missed");

        EventRoute next = gitpod.events();
        next.context().getRegistry().bind("states", states);
        next.start(options).awaitOpen();
        next.deliver("b");

        assertThat(next.gapReasons()).containsExactly(Optional.of("restart"));
        assertThat(Instant.parse((String) next.headers().get(0).get(GitpodConstants.GAP_FROM)))
                .isBetween(before, Instant.now());
    }

    /** A quiet organization, or a filter: nothing comes that could tell it. */
    @Test
    void aGapThatNoEventFollowedBeforeTheRestartIsToldAfterIt() throws Exception {
        String state = gitpod.state();
        route.start(state, "operations=create").awaitOpen();
        route.deliver("a");
        streams.cutAll();
        await().until(() -> streams.opened() == 2 && streams.open() == 1);
        route.awaitOpen();
        Instant lost = Instant.parse(route.consumer().getLastGapFrom());
        streams.publish(UPDATE, ENVIRONMENT, "left out");
        await().until(() -> route.consumer()
                .status()
                .lastByteAt()
                .isAfter(Instant.parse(route.consumer().getLastGapTo())));
        route.close();

        EventRoute next = gitpod.events();
        next.start(state).awaitOpen();
        next.deliver("b", "c");

        assertThat(next.headers().get(0)).containsEntry(GitpodConstants.GAP_FROM, lost.toString());
        assertThat(next.gapReasons()).containsExactly(Optional.of("reset"), Optional.empty());
    }

    @Test
    void aRouteThatIsStoppedAndStartedHasAGapWithoutAnyRepository() throws Exception {
        route.start().awaitOpen();
        route.deliver("a");

        route.context().getRouteController().stopRoute("events");
        route.context().getRouteController().startRoute("events");
        route.awaitOpen();
        route.deliver("b");

        assertThat(route.gapReasons()).containsExactly(Optional.empty(), Optional.of("restart"));
    }

    @Test
    void whatWasReceivedAndNotDeliveredIsPartOfTheGapOfARestart() throws Exception {
        String state = gitpod.state();
        CountDownLatch inRoute = new CountDownLatch(2);
        route.doing(exchange -> {
            inRoute.countDown();
            if (inRoute.getCount() == 0) {
                mayGoOn.await();
            }
        });
        route.start(state).awaitOpen();
        route.deliver("a");
        for (int i = 0; i < 10; i++) {
            streams.publish(CREATE, ENVIRONMENT, "e" + i);
        }
        inRoute.await();
        await().until(() -> route.consumer().getWaitingEvents() >= 10);
        Thread closing = new Thread(route::close);
        closing.start();
        await().until(() -> streams.open() == 0);
        mayGoOn.countDown();
        closing.join();
        assertThat(route.ids()).containsExactly("a", "e0");

        EventRoute next = gitpod.events();
        next.start(state).awaitOpen();
        next.deliver("b");

        Instant from = Instant.parse((String) next.headers().get(0).get(GitpodConstants.GAP_FROM));
        // Others may have come together with the last one that was delivered.
        assertThat(from).isBetween((String) route.headers().get(0).get(GitpodConstants.RECEIVED_AT), (String)
                route.headers().get(1).get(GitpodConstants.RECEIVED_AT));
    }

    @Test
    void whatWasReceivedBeforeASuspensionIsDeliveredAfterIt() throws Exception {
        CountDownLatch inRoute = new CountDownLatch(1);
        route.doing(exchange -> {
            inRoute.countDown();
            mayGoOn.await();
        });
        route.start().awaitOpen();
        for (int i = 0; i < 10; i++) {
            streams.publish(CREATE, ENVIRONMENT, "e" + i);
        }
        inRoute.await();
        await().until(() -> route.consumer().getWaitingEvents() >= 9);

        Thread suspending = new Thread(route.consumer()::suspend);
        suspending.start();
        await().until(() -> streams.open() == 0);
        mayGoOn.countDown();
        suspending.join();
        route.consumer().resume();
        route.awaitOpen();
        route.deliver("b");

        await().until(() -> route.bodies().size() == 11);
        assertThat(route.ids().subList(0, 10))
                .containsExactlyElementsOf(
                        IntStream.range(0, 10).mapToObj(i -> "e" + i).toList());
        assertThat(route.gapReasons().subList(0, 10)).allMatch(Optional::isEmpty);
        assertThat(route.gapReasons().get(10)).contains("suspended");
    }

    /** The route stands still, the buffer fills, and the connection is given up. The gap is reported after what was received. */
    @Test
    @Tag("T21")
    void aRouteThatTakesNothingLosesTheConnectionAndIsToldTheGap() throws Exception {
        streams.logging(false);
        CountDownLatch inRoute = new CountDownLatch(1);
        route.doing(exchange -> {
            inRoute.countDown();
            mayGoOn.await();
        });
        route.start("maxStall=300ms").awaitOpen();
        IntStream.range(0, 6_000).forEach(i -> streams.publish(CREATE, ENVIRONMENT, "e" + i));
        await().until(() -> "stall".equals(route.consumer().getLastReason()));
        await().until(() -> streams.open() == 0);
        int waiting = route.consumer().getWaitingEvents();
        assertThat(waiting).isBetween(4096, 4096 + 512);

        mayGoOn.countDown();
        route.awaitOpen();
        route.deliver("after");

        await().until(() -> route.ids().contains("after"));
        List<String> ids = route.ids();
        assertThat(ids.subList(0, ids.size() - 1))
                .containsExactlyElementsOf(IntStream.range(0, ids.size() - 1)
                        .mapToObj(i -> "e" + i)
                        .toList());
        assertThat(route.gapReasons().subList(0, ids.size() - 1)).allMatch(Optional::isEmpty);
        assertThat(route.gapReasons().get(ids.size() - 1)).contains("stall");
        assertThat(inRoute.getCount()).isZero();
    }

    private List<Object> types() {
        return route.headers().stream()
                .map(map -> map.get(GitpodConstants.EVENT_TYPE))
                .toList();
    }
}
