package io.github.camelgitpod.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.state.CrashSafeFileStateRepository;
import io.github.camelgitpod.testing.EventRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an event route stores belongs to one organization at one address. */
@Timeout(60)
class EventOwnerTest {
    private static final String IDENTITY = "GetAuthenticatedIdentity";
    private static final String RELIST = "reconcile=relist";

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();

    @Test
    void theHeaderTellsTheOrganizationAlsoOfAGapAndAsksOnce() throws Exception {
        EventRoute route = gitpod.events().start("gapEvents=true").awaitOpen();
        route.deliver("one");
        simulator.eventStreams().resetAll();
        route.awaitOpen();
        route.deliver("two");

        assertThat(route.headers()).hasSizeGreaterThan(2).allSatisfy(headers -> assertThat(headers)
                .containsEntry(GitpodConstants.ORGANIZATION_ID, simulator.organizationId()));
        assertThat(simulator.requests().count(IDENTITY)).isEqualTo(1);
    }

    @Test
    void aServerThatDoesNotTellHoldsUpNothing() throws Exception {
        simulator.trouble().on(IDENTITY).respond(404, "not_found", "unknown");

        EventRoute route = gitpod.events().start().awaitOpen();
        route.deliver("one");

        assertThat(route.headers().get(0)).doesNotContainKey(GitpodConstants.ORGANIZATION_ID);
    }

    @Test
    void anAnswerThatDoesNotComeIsNotWaitedForLong() throws Exception {
        simulator.trouble().on(IDENTITY).delay(Duration.ofMinutes(1));

        EventRoute route = gitpod.events().start(gitpod.state()).awaitOpen();
        route.deliver("one");

        assertThat(route.ids()).containsExactly("one");
    }

    /** With the first one's, all its resources would be deleted ones, and all of the other's new. */
    @Test
    void theStateOfAnotherOrganizationIsNotUsedAndThatIsTold() throws Exception {
        simulator.organization().createProject("one");
        firstRun();
        String stored = states().getState("events/events");
        assertThat(stored).contains(simulator.organizationId(), simulator.baseUrl());

        try (GitpodSimulator other =
                GitpodSimulator.builder().port(freed()).seed(77).start()) {
            other.organization().createProject("other");
            EventRoute route = gitpod.events();
            route.token(other.accessToken());
            route.configuration().setBaseUrl(other.baseUrl());
            route.start(RELIST, gitpod.state());
            await().until(() -> other.eventStreams().open() == 1);
            await().until(() -> states().getState("events/events/resources").contains(other.organizationId()));

            assertThat(route.bodies()).isEmpty();
            for (String key : List.of("events/events", "events/events/resources")) {
                assertThat(gitpod.logs().warnings())
                        .anyMatch(line -> line.contains("The state " + key + " is of")
                                && line.contains(simulator.organizationId())
                                && line.contains(other.organizationId()));
            }
        }
    }

    @Test
    void aStateOfAnEarlierVersionIsTakenOver() throws Exception {
        firstRun();
        CrashSafeFileStateRepository states = states();
        for (String key : List.of("events/events", "events/events/resources")) {
            states.setState(key, states.getState(key).replaceAll(",\"(baseUrl|organization)\":\"[^\"]*\"", ""));
        }

        EventRoute route = gitpod.events().start(RELIST, gitpod.state()).awaitOpen();
        route.deliver("one");

        assertThat(route.gapReasons().get(0)).contains("restart");
        assertThat(gitpod.logs().warnings()).noneMatch(line -> line.contains("begins anew"));
    }

    private void firstRun() throws Exception {
        try (EventRoute route = gitpod.events().start(RELIST, gitpod.state()).awaitOpen()) {
            await().until(() -> states().getState("events/events/resources") != null);
            route.deliver("before");
        }
    }

    /** The port of the simulator, which ends. */
    private int freed() {
        simulator.close();
        return simulator.port();
    }

    private CrashSafeFileStateRepository states() {
        return new CrashSafeFileStateRepository(gitpod.directory());
    }
}
