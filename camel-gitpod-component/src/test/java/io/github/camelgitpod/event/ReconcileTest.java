package io.github.camelgitpod.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.simulator.Environment;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.Organization;
import io.github.camelgitpod.simulator.Project;
import io.github.camelgitpod.simulator.Runner;
import io.github.camelgitpod.testing.EventRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Message;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The option {@code reconcile} through a real route and real HTTP. */
@Timeout(60)
@Tag("engine")
class ReconcileTest {
    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();
    private final Organization organization = simulator.organization();

    private final List<ClosedGap> closed = new ArrayList<>();
    private EventRoute route = newRoute();

    private EventRoute newRoute() {
        return gitpod.events().doing(exchange -> {
            Message message = exchange.getMessage();
            if (message.getBody() instanceof ClosedGap gap) {
                synchronized (closed) {
                    closed.add(gap);
                }
            }
        });
    }

    @Test
    @Tag("T20")
    void whatChangedDuringAGapComesAsSyntheticEvents() throws Exception {
        Environment deleted = organization.createEnvironment();
        Environment recreated = organization.createEnvironment();
        Environment same = organization.createEnvironment();
        Project renamed = organization.createProject("a");
        Runner degraded = organization.createRunner("r");
        start("reconcile=relist", "gapEvents=true");
        assertThat(route.bodies()).isEmpty();

        String[] created = new String[1];
        duringAGap(() -> {
            organization.deleteEnvironment(deleted.id());
            organization.deleteEnvironment(recreated.id());
            organization.restoreEnvironment(recreated.inPhase("ENVIRONMENT_PHASE_STOPPED"));
            created[0] = organization.createEnvironment().id();
            organization.updateProject(renamed.id(), "b");
            organization.changeRunnerPhase(degraded.id(), "RUNNER_PHASE_DEGRADED");
        });

        awaitClosedGaps(1);
        assertThat(changes())
                .containsExactlyInAnyOrder(
                        "DELETE ENVIRONMENT " + deleted.id(),
                        "UPDATE ENVIRONMENT " + recreated.id(),
                        "CREATE ENVIRONMENT " + created[0],
                        "UPDATE PROJECT " + renamed.id(),
                        "UPDATE RUNNER " + degraded.id())
                .noneMatch(change -> change.contains(same.id()));
        assertThat(route.headers().stream().filter(headers -> "CHANGE".equals(headers.get(GitpodConstants.EVENT_TYPE))))
                .allMatch(headers -> Boolean.TRUE.equals(headers.get(GitpodConstants.SYNTHETIC)));
        assertThat(closed.get(0))
                .extracting(ClosedGap::relisted, ClosedGap::synthetic, ClosedGap::auditEntries)
                .containsExactly(5, 5, 0);
        GitpodEvent event = events().get(0);
        assertThat(event.json().toString())
                .isEqualTo("{\"operation\":\"" + event.operation() + "\",\"resourceType\":\"" + event.resourceType()
                        + "\",\"resourceId\":\"" + event.resourceId() + "\"}");
    }

    @Test
    @Tag("T20")
    void aChangeBetweenConnectAndRelistIsNotMissed() throws Exception {
        Runner runner = organization.createRunner("r");
        Environment environment = organization.createEnvironment();
        start("reconcile=relist", "gapEvents=true");
        simulator.trouble().on("ListProjects").times(1).delay(Duration.ofMillis(700));
        long listed = simulator.requests().count("ListRunners");

        duringAGap(() -> organization.changePhase(environment.id(), "ENVIRONMENT_PHASE_STOPPED"));
        // The runners have been listed, the environments not yet.
        await().until(() -> simulator.requests().count("ListRunners") > listed);
        organization.changeRunnerPhase(runner.id(), "RUNNER_PHASE_DEGRADED");
        organization.deleteEnvironment(environment.id());

        awaitClosedGaps(1);
        await().until(() -> changes().size() >= 3);
        assertThat(changes())
                .containsSubsequence("UPDATE_STATUS RUNNER " + runner.id(), "DELETE ENVIRONMENT " + environment.id())
                .endsWith("DELETE ENVIRONMENT " + environment.id());
        // The next listing finds out what the route was not told the last state of, and nothing else.
        duringAGap(() -> {});
        awaitClosedGaps(2);
        assertThat(closed.get(1).synthetic()).isLessThanOrEqualTo(1);
    }

    @Test
    void whatIsKnownSurvivesARestart() throws Exception {
        Environment deleted = organization.createEnvironment();
        start("reconcile=relist", gitpod.state());
        Environment live = organization.createEnvironment();
        await().until(() -> events().size() == 1);
        route.close();
        route = newRoute();

        organization.deleteEnvironment(deleted.id());
        organization.deleteEnvironment(live.id());
        Project created = organization.createProject("a");
        start("reconcile=relist", gitpod.state());

        await().until(() -> events().size() >= 3);
        assertThat(changes())
                .containsExactlyInAnyOrder(
                        "DELETE ENVIRONMENT " + deleted.id(),
                        "DELETE ENVIRONMENT " + live.id(),
                        "CREATE PROJECT " + created.id());
    }

    @Test
    void aTypeThatCannotBeListedIsToldOnceAndTheOthersAreRecovered() throws Exception {
        simulator.trouble().on("ListRunners").respond(403, "permission_denied", "no");
        start("reconcile=relist", "gapEvents=true");
        duringAGap(() -> organization.createProject("a"));
        await().until(() -> changes().size() == 1);
        duringAGap(() -> organization.createProject("b"));
        await().until(() -> changes().size() == 2);

        assertThat(changes()).hasSize(2).allMatch(change -> change.startsWith("CREATE PROJECT"));
        assertThat(gitpod.logs().warnings())
                .filteredOn(warning -> warning.contains("RUNNER"))
                .singleElement()
                .asString()
                .contains("cannot be listed");
    }

    @Test
    void aListingThatFailsIsRepeatedWhileTheStreamGoesOn() throws Exception {
        start("reconcile=relist", "gapEvents=true", "maxRetries=0");
        simulator.trouble().on("ListProjects").times(3).respond(503, "unavailable", "later");

        duringAGap(() -> organization.createProject("a"));

        awaitClosedGaps(1);
        assertThat(changes()).hasSize(1).allMatch(change -> change.startsWith("CREATE PROJECT"));
        assertThat(simulator.eventStreams().opened()).isEqualTo(2);
        assertThat(gitpod.logs().warnings())
                // The first attempt may also end with a connection of the server that was stopped.
                .filteredOn(warning -> warning.contains("cannot be recovered now"))
                .hasSize(1);
    }

    @Test
    void aListingThatHangsHoldsOnlyItsOwnStream() throws Exception {
        List<String> ids = List.of(
                organization.createEnvironment().id(),
                organization.createEnvironment().id());
        route.start("reconcile=relist", "environmentId=" + String.join(",", ids))
                .awaitOpen(2);
        await().until(() -> simulator.requests().count("ListEnvironments") >= 2);

        simulator.trouble().on("ListEnvironments").times(1).silence();
        duringAGap(() -> {});
        route.awaitOpen(2);
        ids.forEach(id -> simulator.eventStreams().publish(EventRoute.CREATE, "RESOURCE_TYPE_TASK", id, null, id));

        await().until(() -> !route.bodies().isEmpty());
        assertThat(route.ids()).hasSize(1);
    }

    @Test
    void anEnvironmentsStreamRecoversTheEnvironment() throws Exception {
        Environment watched = organization.createEnvironment();
        Environment other = organization.createEnvironment();
        start("reconcile=relist,auditLogs", "gapEvents=true", "environmentId=" + watched.id());

        duringAGap(() -> {
            organization.changePhase(watched.id(), "ENVIRONMENT_PHASE_STOPPED");
            organization.changePhase(other.id(), "ENVIRONMENT_PHASE_STOPPED");
        });

        awaitClosedGaps(1);
        assertThat(changes())
                .contains("UPDATE_STATUS ENVIRONMENT " + watched.id(), "UPDATE ENVIRONMENT " + watched.id())
                .noneMatch(change -> change.contains(other.id()));
    }

    @Test
    void theAuditLogsEntriesOfAGapComeAsEvents() throws Exception {
        Environment environment = organization.createEnvironment();
        start("reconcile=auditLogs", "gapEvents=true");

        duringAGap(() -> {
            organization.changePhase(environment.id(), "ENVIRONMENT_PHASE_STOPPED");
            organization.deleteEnvironment(environment.id());
        });

        awaitClosedGaps(1);
        // The creation is within the margin before the gap.
        assertThat(changes())
                .containsExactly(
                        "CREATE ENVIRONMENT " + environment.id(),
                        "UPDATE_STATUS ENVIRONMENT " + environment.id(),
                        "DELETE ENVIRONMENT " + environment.id());
        assertThat(closed.get(0))
                .extracting(ClosedGap::relisted, ClosedGap::synthetic, ClosedGap::auditEntries)
                .containsExactly(0, 0, 3);
        Map<String, Object> headers = route.headers().stream()
                .filter(map -> map.containsKey(GitpodConstants.ENTRY_ID))
                .findFirst()
                .orElseThrow();
        assertThat(headers).containsKey(GitpodConstants.CREATED_AT).doesNotContainKey(GitpodConstants.SYNTHETIC);
        assertThat(events().get(0).json().toString()).contains("\"action\":\"Environment created\"");

        duringAGap(() -> {});
        awaitClosedGaps(2);
        assertThat(closed.get(1).auditEntries()).as("no entry twice").isZero();
    }

    @Test
    void withoutTheRoleTheStreamGoesOnAfterOneWarning() throws Exception {
        simulator.revokeAuditLogRole();
        start("reconcile=relist,auditLogs", "gapEvents=true");

        duringAGap(() -> organization.createProject("a"));
        awaitClosedGaps(1);
        assertThat(closed.get(0).auditEntries()).isZero();
        organization.createProject("c");

        await().until(() -> changes().size() >= 2);
        assertThat(changes()).hasSize(2);
        assertThat(gitpod.logs().warnings())
                .filteredOn(warning -> warning.contains("audit log"))
                .singleElement()
                .asString()
                .contains("audit-log reader role");
    }

    /** For 5 seconds after a refusal the server may not be asked again. */
    @Test
    void aGapBeforeTheServerMayBeAskedAgainIsRecoveredWhenItMayBe() throws Exception {
        simulator.revokeAuditLogRole();
        start("reconcile=auditLogs", "gapEvents=true");
        duringAGap(() -> {});
        awaitClosedGaps(1);
        simulator.grantAuditLogRole();
        Project[] project = new Project[1];

        duringAGap(() -> project[0] = organization.createProject("a"));

        awaitClosedGaps(2);
        assertThat(changes()).containsExactly("CREATE PROJECT " + project[0].id());
        assertThat(closed.get(1).auditEntries()).isEqualTo(1);
        assertThat(gitpod.logs().warnings())
                .filteredOn(warning -> warning.contains("audit log"))
                .singleElement()
                .asString()
                .contains("audit-log reader role");
    }

    @Test
    void bothWaysTellTheHistoryFirst() throws Exception {
        start("reconcile=relist,auditLogs", "gapEvents=true");

        String[] project = new String[1];
        duringAGap(() -> {
            project[0] = organization.createProject("a").id();
            organization.updateProject(project[0], "b");
        });

        awaitClosedGaps(1);
        assertThat(changes())
                .containsExactly(
                        "CREATE PROJECT " + project[0], "UPDATE PROJECT " + project[0], "CREATE PROJECT " + project[0]);
        assertThat(closed.get(0))
                .extracting(ClosedGap::relisted, ClosedGap::synthetic, ClosedGap::auditEntries)
                .containsExactly(1, 1, 2);
    }

    @Test
    void aLineThatCouldNotBeReadIsRecoveredToo() throws Exception {
        start("reconcile=relist", "gapEvents=true");
        Project project = organization.createProject("a");
        await().until(() -> changes().size() == 1);

        simulator.eventStreams().publishRaw("{\"oper\n".getBytes());

        awaitClosedGaps(1);
        assertThat(closed.get(0).reason()).isEqualTo("parse");
        assertThat(changes().get(1)).isEqualTo("UPDATE PROJECT " + project.id());
    }

    /** The route keeps, by id, what it finds when it looks; at the end that is what the server has. */
    @Test
    @Tag("T20")
    void whatTheRouteKnowsIsWhatTheServerHas() throws Exception {
        Random random = new Random(20);
        Map<String, Object> known = new HashMap<>();
        route.doing(exchange -> {
            if (exchange.getMessage().getBody() instanceof GitpodEvent event) {
                Object state = all().get(event.resourceId());
                if (event.operation().endsWith("DELETE")) {
                    known.remove(event.resourceId());
                } else if (state != null) {
                    known.put(event.resourceId(), state);
                }
            } else if (exchange.getMessage().getBody() instanceof ClosedGap gap) {
                synchronized (closed) {
                    closed.add(gap);
                }
            }
        });
        IntStream.range(0, 150).forEach(i -> change(random));
        known.putAll(all());
        start("reconcile=relist", "gapEvents=true");

        for (int gap = 1; gap <= 20; gap++) {
            duringAGap(() -> IntStream.range(0, 1 + random.nextInt(20)).forEach(i -> change(random)));
            IntStream.range(0, 30).forEach(i -> change(random));
            awaitClosedGaps(gap);
        }

        await().untilAsserted(() -> assertThat(known).isEqualTo(all()));
    }

    private Map<String, Object> all() {
        Map<String, Object> all = new HashMap<>();
        organization.environments().forEach(one -> all.put(one.id(), one));
        organization.projects().forEach(one -> all.put(one.id(), one));
        organization.runners().forEach(one -> all.put(one.id(), one));
        return all;
    }

    private void change(Random random) {
        List<Environment> environments = organization.environments();
        List<Project> projects = organization.projects();
        Environment environment = environments.isEmpty() ? null : environments.get(random.nextInt(environments.size()));
        Project project = projects.isEmpty() ? null : projects.get(random.nextInt(projects.size()));
        int what = random.nextInt(10);
        if (what < 4 || environment == null || project == null) {
            if (what % 2 == 0 && environment != null || project == null) {
                organization.createProject("project");
            } else {
                organization.createEnvironment();
            }
        } else if (what < 5) {
            organization.deleteEnvironment(environment.id());
        } else if (what < 6) {
            organization.deleteProject(project.id());
        } else if (what < 8) {
            organization.changePhase(environment.id(), "ENVIRONMENT_PHASE_" + random.nextInt(1000));
        } else {
            organization.updateProject(project.id(), "name" + random.nextInt(1000));
        }
    }

    /** Starts the route and waits until what is there is known: an event of the stream comes after that. */
    private void start(String... options) throws Exception {
        route.start(options).awaitOpen();
        String environment = Stream.of(options)
                .filter(option -> option.startsWith("environmentId="))
                .map(option -> option.substring(option.indexOf('=') + 1))
                .findFirst()
                .orElse(null);
        simulator.eventStreams().publish(EventRoute.CREATE, "RESOURCE_TYPE_USER", "marker", null, environment);
        await().until(() -> changes().stream().anyMatch(change -> change.contains("marker")));
        route.bodies().removeIf(event -> event != null && event.resourceId().equals("marker"));
        route.headers().removeIf(headers -> "marker".equals(headers.get(GitpodConstants.RESOURCE_ID)));
    }

    private void duringAGap(Runnable changes) {
        long opened = simulator.eventStreams().opened();
        simulator.stopServer();
        changes.run();
        simulator.startServer();
        await().until(() -> simulator.eventStreams().opened() > opened);
    }

    private void awaitClosedGaps(int count) {
        await().until(() -> {
            synchronized (closed) {
                return closed.size() >= count;
            }
        });
    }

    private List<GitpodEvent> events() {
        return route.bodies().stream().filter(Objects::nonNull).toList();
    }

    private List<String> changes() {
        return events().stream()
                .map(event -> event.operation().replace("RESOURCE_OPERATION_", "") + " "
                        + event.resourceType().replace("RESOURCE_TYPE_", "") + " " + event.resourceId())
                .toList();
    }
}
