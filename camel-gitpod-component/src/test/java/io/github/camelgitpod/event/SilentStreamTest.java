package io.github.camelgitpod.event;

import static io.github.camelgitpod.testing.EventRoute.CREATE;
import static io.github.camelgitpod.testing.EventRoute.ENVIRONMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.simulator.EventStreams;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.testing.EventRoute;
import io.github.camelgitpod.testing.FreezingProxy;
import io.github.camelgitpod.testing.GitpodTest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A connection from which nothing comes any more, and renewals that miss nothing. */
@Timeout(60)
@Tag("engine")
class SilentStreamTest {
    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();
    private final EventStreams streams = simulator.eventStreams();

    private final FreezingProxy proxy = gitpod.network();
    private final EventRoute route = gitpod.events(proxy);

    @Test
    @Tag("T19")
    void aConnectionThatGoesDeadAfterEventsIsAGapSinceItsLastByte() throws Exception {
        route.start("idleTimeout=500ms").awaitOpen();
        route.deliver("a", "b");
        Instant lastByteAt = route.consumer().status().lastByteAt();

        proxy.freeze();
        streams.publish(CREATE, ENVIRONMENT, "missed");
        await().until(() -> proxy.streams() == 2);
        await().until(() -> streams.open() == 2);
        route.deliver("c");

        await().until(() -> route.consumer().status().renewals() == 1);
        assertThat(route.ids()).containsExactly("a", "b", "c");
        assertThat(route.gapReasons()).containsExactly(Optional.empty(), Optional.empty(), Optional.of("idle"));
        assertThat(route.headers().get(2)).containsEntry(GitpodConstants.GAP_FROM, lastByteAt.toString());
    }

    @Test
    @Tag("T19")
    void aConnectionThatBringsNothingButHeadersIsReplacedByOneThatDoes() throws Exception {
        proxy.freezeNextAfterHeaders();
        route.start("idleTimeout=500ms");
        await().until(() -> proxy.streams() == 2);
        await().until(() -> streams.open() == 2);

        route.deliver("a");

        assertThat(route.gapReasons()).containsExactly(Optional.of("idle"));
    }

    @Test
    void aQuietConnectionWithoutSignsOfLifeIsAGap() throws Exception {
        // The tests' own client: nobody asked its connections for signs of life.
        route.plainClient().start("idleTimeout=300ms").awaitOpen();

        await().until(() -> route.consumer().status().renewals() == 1);
        route.deliver("a");

        assertThat(route.gapReasons()).containsExactly(Optional.of("idle"));
    }

    @Test
    void plannedRenewalsLoseNothingAndBringNothingTwice() throws Exception {
        route.start("maxConnectionAge=400ms").awaitOpen();

        int published = 0;
        while (route.consumer().status().renewals() < 3) {
            streams.publish(CREATE, ENVIRONMENT, "e" + published++);
            int sent = published;
            // A few at most are under way.
            await().until(() -> route.bodies().size() > sent - 5);
        }
        int all = published;
        await().until(() -> route.bodies().size() >= all);

        List<String> sent = IntStream.range(0, all).mapToObj(i -> "e" + i).toList();
        assertThat(route.ids()).containsExactlyElementsOf(sent);
        assertThat(route.gapReasons()).allMatch(Optional::isEmpty);
        assertThat(route.consumer().status().gaps()).isZero();
        assertThat(streams.opened()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void aServerThatDoesNotAnswerARenewalKeepsTheOldConnection() throws Exception {
        route.start("idleTimeout=300ms").awaitOpen();
        simulator.trouble().on("WatchEvents").respond(503, "unavailable", "later");
        await().until(() -> simulator.requests().count("WatchEvents") >= 4);

        route.deliver("a");

        assertThat(route.gapReasons()).containsExactly(Optional.empty());
        assertThat(streams.opened()).isEqualTo(1);
    }

    @Test
    void aRenewalUnderWayDoesNotHoldUpAStop() throws Exception {
        route.start("idleTimeout=300ms").awaitOpen();
        await().until(() -> streams.open() == 2);

        route.context().getRouteController().suspendRoute("events");

        await().until(() -> streams.open() == 0);
        route.context().getRouteController().resumeRoute("events");
        await().until(() -> streams.open() >= 1);
        route.deliver("a");
        assertThat(route.gapReasons()).containsExactly(Optional.of("suspended"));
    }
}
