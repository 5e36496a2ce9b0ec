package io.github.camelgitpod.event;

import static io.github.camelgitpod.testing.EventRoute.CREATE;
import static io.github.camelgitpod.testing.EventRoute.ENVIRONMENT;
import static io.github.camelgitpod.testing.EventRoute.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.simulator.EventStreams;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.Organization;
import io.github.camelgitpod.testing.EventRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several streams in one route, several routes on one endpoint, and other ways to use it. */
@Timeout(60)
class EventScopesTest {
    private static final String TASK = "RESOURCE_TYPE_TASK";
    private static final String A = "d2c94c27-3b76-4a42-b88c-95a85e392c68";
    private static final String B = "e3c94c27-3b76-4a42-b88c-95a85e392c68";

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();
    private final EventRoute route = gitpod.events();
    private final EventStreams streams = simulator.eventStreams();
    private final Organization organization = simulator.organization();

    @Test
    void severalEnvironmentsAreDeliveredEachInOrder() throws Exception {
        route.start("environmentId=" + A + "," + B).awaitOpen(2);

        for (int i = 0; i < 200; i++) {
            streams.publish(UPDATE, TASK, "a" + i, null, A);
            streams.publish(UPDATE, TASK, "b" + i, null, B);
        }

        await().until(() -> route.bodies().size() == 400);
        assertThat(idsOf(A)).containsExactlyElementsOf(numbered("a", 200));
        assertThat(idsOf(B)).containsExactlyElementsOf(numbered("b", 200));
    }

    @Test
    void aGapOfOneOfSeveralStreamsNamesItsScope() throws Exception {
        route.start("environmentId=" + A + "," + B, "gapEvents=true").awaitOpen(2);

        streams.cutAll();
        await().until(() -> streams.opened() == 4);
        route.awaitOpen(2);

        await().until(() -> route.headers().size() == 4);
        assertThat(route.headers())
                .filteredOn(map -> "GAP".equals(map.get(GitpodConstants.EVENT_TYPE)))
                .extracting(map -> map.get(GitpodConstants.ENVIRONMENT_ID))
                .containsExactlyInAnyOrder(A, B);
        assertThat(route.consumer().getGaps()).isEqualTo(2);
    }

    @Test
    void oneStreamThatEndedForGoodIsNamedByHealth() throws Exception {
        simulator.trouble().on("WatchEvents").times(1).respond(404, "not_found", "no such environment");
        route.start("environmentId=" + A + "," + B);

        await().untilAsserted(() -> assertThat(route.health().getMessage().orElseThrow())
                .containsPattern("The event stream of (" + A + "|" + B + ") ended for good")
                .contains("no such environment"));
        await().until(() -> route.consumer().getOpenStreams() == 1);

        assertThat(route.health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(route.health().getDetails())
                .containsEntry("gitpod.streams.open", 1L)
                .containsEntry("gitpod.streams", 2);
    }

    @Test
    void theOrganizationAndEveryEnvironmentAsTheyComeAndGo() throws Exception {
        String first = organization.createEnvironment().id();
        route.start("environmentId=*").awaitOpen(2);

        String second = organization.createEnvironment().id();
        route.awaitOpen(3);
        assertThat(gitpod.logs().messages(Level.INFO))
                .filteredOn(line -> line.contains("event stream"))
                .as("one line for all, however many there are")
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line)
                                .startsWith("The event stream of the organization at ")
                                .endsWith(" is open"),
                        line -> assertThat(line).startsWith("Environments with an event stream of their own: 1 of 1;"));
        streams.publish(CREATE, TASK, "t1", null, first);
        streams.publish(CREATE, TASK, "t2", null, second);
        organization.changePhase(second, "ENVIRONMENT_PHASE_RUNNING");
        await().until(() -> route.bodies().size() == 4);
        organization.deleteEnvironment(second);
        route.awaitOpen(2);
        streams.publish(CREATE, TASK, "t3", null, first);
        await().until(() -> route.ids().contains("t3"));

        // Both scopes carry what happens to an environment: it comes once.
        assertThat(route.ids().stream().filter(second::equals)).hasSize(3);
        assertThat(idsOf(null)).isEmpty();
        assertThat(idsOf(first)).containsExactly("t1", "t3");
        assertThat(idsOf(second)).containsExactlyInAnyOrder(second, second, second, "t2");
        assertThat(route.consumer().getGaps()).isZero();
        assertThat(route.consumer().getConnects())
                .as("that of the stream which is gone included")
                .isEqualTo(3);
    }

    /** So what a start looks at, whether a later version wrote it, is all that there is. */
    @Test
    void theStreamsOfAllEnvironmentsKeepNothingUnderKeysOfTheirOwn() throws Exception {
        Set<String> keysAsked = ConcurrentHashMap.newKeySet();
        route.context().getRegistry().bind("states", new MemoryStateRepository() {
            @Override
            public String getState(String key) {
                keysAsked.add(key);
                return super.getState(key);
            }

            @Override
            public void setState(String key, String value) {
                keysAsked.add(key);
                super.setState(key, value);
            }
        });
        organization.createEnvironment();
        route.start("environmentId=*", "reconcile=relist,auditLogs", "stateRepository=#states", "stateKey=key")
                .awaitOpen(2);
        String later = organization.createEnvironment().id();
        route.awaitOpen(3);
        streams.publish(CREATE, TASK, "t", null, later);
        await().until(() -> route.ids().contains("t"));
        route.consumer().consumed().save();

        assertThat(keysAsked)
                .filteredOn(key -> key.startsWith("key"))
                .containsExactlyInAnyOrder("key", "key/entries", "key/resources", "key/resources/changed");
    }

    @Test
    void anEnvironmentThatCameOrWentDuringAGapIsFoundByTheListingAfterIt() throws Exception {
        String before = organization.createEnvironment().id();
        route.start("environmentId=*").awaitOpen(2);

        simulator.stopServer();
        organization.deleteEnvironment(before);
        String meanwhile = organization.createEnvironment().id();
        simulator.startServer();
        // By then the other one's stream is closed: it may have come back before it was not listed.
        await().until(() -> simulator.requests().of("WatchEvents").stream()
                .anyMatch(request -> request.body().contains(meanwhile)));
        route.awaitOpen(2);
        streams.publish(CREATE, TASK, "t", null, meanwhile);

        await().until(() -> route.bodies().size() == 1);
        assertThat(idsOf(meanwhile)).containsExactly("t");
        // It can have done things before its stream was open.
        assertThat(route.gapReasons().get(0)).isPresent();
    }

    @Test
    void moreEnvironmentsThanStreamsAreBoundedToTheNewest() throws Exception {
        organization.createEnvironment();
        String second = organization.createEnvironment().id();
        String third = organization.createEnvironment().id();
        route.start("environmentId=*", "maxStreams=2").awaitOpen(3);
        streams.publish(CREATE, TASK, "t2", null, second);
        streams.publish(CREATE, TASK, "t3", null, third);
        await().until(() -> route.bodies().size() == 2);

        String fourth = organization.createEnvironment().id();
        await().until(() -> streams.opened() == 4);
        route.awaitOpen(3);
        streams.publish(CREATE, TASK, "unwanted", null, second);
        streams.publish(CREATE, TASK, "t3b", null, third);
        streams.publish(CREATE, TASK, "t4", null, fourth);

        await().until(() -> route.bodies().size() == 5);
        assertThat(route.ids()).contains("t2", "t3", "t3b", "t4").doesNotContain("unwanted");
    }

    @Test
    void aListingThatFailsIsTriedAgain() throws Exception {
        organization.createEnvironment();
        simulator.trouble().on("ListEnvironments").times(4).respond(503, "unavailable", "later");

        route.start("environmentId=*").awaitOpen(2);

        assertThat(simulator.requests().count("ListEnvironments")).isGreaterThanOrEqualTo(5);
    }

    @Test
    void twoRoutesOnOneEndpointHaveAStreamEach() throws Exception {
        List<String> second = new ArrayList<>();
        route.second(
                exchange -> second.add(exchange.getMessage().getHeader(GitpodConstants.RESOURCE_ID, String.class)));
        route.start();
        await().until(() -> streams.open() == 2);

        streams.publish(CREATE, ENVIRONMENT, "a");

        await().until(() -> route.ids().equals(List.of("a")) && second.equals(List.of("a")));
        route.context().getRouteController().stopRoute("second");
        await().until(() -> streams.open() == 1);
        route.deliver("b");
        assertThat(second).containsExactly("a");
    }

    private List<String> idsOf(String environmentId) {
        return IntStream.range(0, route.bodies().size())
                .filter(i -> Objects.equals(route.headers().get(i).get(GitpodConstants.ENVIRONMENT_ID), environmentId))
                .mapToObj(i -> route.bodies().get(i).resourceId())
                .toList();
    }

    private static List<String> numbered(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }
}
