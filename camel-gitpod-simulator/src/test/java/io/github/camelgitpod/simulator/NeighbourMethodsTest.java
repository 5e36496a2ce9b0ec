package io.github.camelgitpod.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgitpod.simulator.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeighbourMethodsTest {

    @RegisterExtension
    final GitpodSimulatorExtension extension = new GitpodSimulatorExtension();

    private GitpodSimulator simulator;
    private Organization organization;
    private SimulatorClient client;

    @BeforeEach
    void connect() {
        simulator = extension.simulator();
        organization = simulator.organization();
        client = new SimulatorClient(simulator);
    }

    @Test
    void saysWhoAsks() {
        JsonNode identity = client.json("GetAuthenticatedIdentity", "{}");
        assertThat(identity.get("organizationId").asText()).isEqualTo(simulator.organizationId());
        assertThat(identity.get("organizationTier").asText()).isEqualTo("ORGANIZATION_TIER_ENTERPRISE");
        assertThat(identity.at("/subject/id").asText()).isEqualTo(organization.adminId());
        assertThat(identity.at("/subject/principal").asText()).isEqualTo("PRINCIPAL_USER");
    }

    @Test
    void listsEnvironmentsPageByPage() {
        for (int i = 0; i < 5; i++) {
            organization.createEnvironment();
        }
        List<String> ids = new ArrayList<>();
        String token = "";
        int pages = 0;
        do {
            JsonNode page =
                    client.json("ListEnvironments", "{\"pagination\":{\"pageSize\":2,\"token\":\"" + token + "\"}}");
            page.path("environments").forEach(one -> ids.add(one.get("id").asText()));
            token = SimulatorClient.nextToken(page);
            pages++;
        } while (!token.isEmpty());
        assertThat(ids)
                .isEqualTo(organization.environments().stream()
                        .map(Environment::id)
                        .toList());
        assertThat(pages).isEqualTo(3);
        assertThat(client.post("ListProjects", "{}").body()).isEqualTo("{}");
    }

    @Test
    void anEnvironmentHasMetadataAndStatus() {
        Project project = organization.createProject("webshop");
        Runner runner = organization.createRunner("r1");
        Environment created = organization.createEnvironment(organization.memberId(), project.id(), runner.id());
        organization.changePhase(created.id(), "ENVIRONMENT_PHASE_STOPPED");
        JsonNode environment = client.json("ListEnvironments", "{}").at("/environments/0");
        assertThat(environment.at("/id").asText()).isEqualTo(created.id());
        assertThat(environment.at("/metadata/organizationId").asText()).isEqualTo(simulator.organizationId());
        assertThat(environment.at("/metadata/creator/id").asText()).isEqualTo(organization.memberId());
        assertThat(environment.at("/metadata/projectId").asText()).isEqualTo(project.id());
        assertThat(environment.at("/metadata/createdAt").asText())
                .isEqualTo(created.createdAt().toString());
        assertThat(environment.at("/status/phase").asText()).isEqualTo("ENVIRONMENT_PHASE_STOPPED");
        assertThat(environment.at("/status/statusVersion").asText()).isEqualTo("2");
        assertThat(client.json("ListProjects", "{}").at("/projects/0/id").asText())
                .isEqualTo(project.id());
        JsonNode listedRunner = client.json("ListRunners", "{}").at("/runners/0");
        assertThat(listedRunner.get("runnerId").asText()).isEqualTo(runner.id());
        assertThat(listedRunner.at("/status/phase").asText()).isEqualTo("RUNNER_PHASE_ACTIVE");
    }

    @Test
    void filtersEnvironments() {
        Environment mine = organization.createEnvironment();
        Environment stopped = organization.createEnvironment(organization.memberId(), null, null);
        organization.changePhase(stopped.id(), "ENVIRONMENT_PHASE_STOPPED");
        assertThat(filtered("\"creatorIds\":[\"" + organization.adminId() + "\"]"))
                .containsExactly(mine.id());
        assertThat(filtered("\"statusPhases\":[\"ENVIRONMENT_PHASE_STOPPED\"]")).containsExactly(stopped.id());
        assertThat(filtered("\"projectIds\":[\"" + UUID.randomUUID() + "\"]")).isEmpty();
        assertThat(filtered("\"runnerIds\":[\"" + UUID.randomUUID() + "\"]")).isEmpty();
    }

    private List<String> filtered(String filter) {
        List<String> ids = new ArrayList<>();
        client.json("ListEnvironments", "{\"filter\":{" + filter + "}}")
                .path("environments")
                .forEach(one -> ids.add(one.get("id").asText()));
        return ids;
    }

    @Test
    void aPageTokenBelongsToItsFilter() {
        organization.createEnvironment();
        organization.createEnvironment();
        String token = SimulatorClient.nextToken(client.json("ListEnvironments", "{\"pagination\":{\"pageSize\":1}}"));
        String pagination = "\"pagination\":{\"token\":\"" + token + "\"}";
        assertThat(client.json("ListEnvironments", "{" + pagination + "}").get("environments"))
                .hasSize(1);
        var other = client.post(
                "ListEnvironments",
                "{\"filter\":{\"statusPhases\":[\"ENVIRONMENT_PHASE_RUNNING\"]}," + pagination + "}");
        assertThat(other.statusCode()).isEqualTo(400);
        assertThat(other.body()).contains("invalid_argument", "another filter");
    }

    /** The two ids have the same hash code. */
    @Test
    void aPageTokenOfAFilterThatLooksAlikeIsRefused() {
        String one = "28077e05-1f98-4cf6-b23e-e60972bc9160";
        String other = "46f42e3d-54ec-4fe6-8045-2c4e00fa2dab";
        assertThat(one).hasSameHashCodeAs(other);
        organization.createEnvironment(one, null, null);
        organization.createEnvironment(one, null, null);
        String token = SimulatorClient.nextToken(client.json(
                "ListEnvironments", "{\"filter\":{\"creatorIds\":[\"" + one + "\"]},\"pagination\":{\"pageSize\":1}}"));
        assertThat(client.post(
                                "ListEnvironments",
                                "{\"filter\":{\"creatorIds\":[\"" + other + "\"]},\"pagination\":{\"token\":\"" + token
                                        + "\"}}")
                        .statusCode())
                .isEqualTo(400);
        simulator.auditLog().add(Entry.at(simulator.now()).withActor("PRINCIPAL_USER", one));
        simulator.auditLog().add(Entry.at(simulator.now()).withActor("PRINCIPAL_USER", one));
        token = SimulatorClient.nextToken(client.json(
                "ListAuditLogs", "{\"filter\":{\"actorIds\":[\"" + one + "\"]},\"pagination\":{\"pageSize\":1}}"));
        assertThat(client.post(
                                "ListAuditLogs",
                                "{\"filter\":{\"actorIds\":[\"" + other + "\"]},\"pagination\":{\"token\":\"" + token
                                        + "\"}}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aPageTokenThatWasChangedIsRefused() {
        organization.createEnvironment();
        organization.createEnvironment();
        String token = SimulatorClient.nextToken(client.json("ListEnvironments", "{\"pagination\":{\"pageSize\":1}}"));
        String start = token.substring(0, token.length() - 1);
        for (String position : List.of("4294967295", "-1", "x", "")) {
            var changed = client.post("ListEnvironments", "{\"pagination\":{\"token\":\"" + start + position + "\"}}");
            assertThat(changed.statusCode()).as(position).isEqualTo(400);
            assertThat(changed.body()).contains("invalid_argument");
        }
    }

    @Test
    void thePageOfTheQueryStringWins() {
        for (int i = 0; i < 3; i++) {
            organization.createEnvironment();
        }
        String body = "{\"pagination\":{\"pageSize\":1,\"token\":\"\"}}";
        JsonNode first = client.json("ListEnvironments?pageSize=2", body);
        assertThat(first.get("environments")).hasSize(2);
        JsonNode second = client.json("ListEnvironments?pageSize=2&token=" + SimulatorClient.nextToken(first), body);
        assertThat(second.get("environments")).hasSize(1);
        assertThat(SimulatorClient.nextToken(second)).isEmpty();
    }

    @Test
    void tellsTheNamesOfThoseWhoAct() {
        String ofThis = "\"organizationId\":\"" + simulator.organizationId() + "\"";
        JsonNode members = client.json("ListMembers", "{" + ofThis + "}").get("members");
        assertThat(members).hasSize(12);
        JsonNode admin = members.get(0);
        assertThat(admin.get("userId").asText()).isEqualTo(organization.adminId());
        assertThat(admin.get("fullName").asText()).isEqualTo("Ada Brandt");
        assertThat(admin.get("role").asText()).isEqualTo("ORGANIZATION_ROLE_ADMIN");
        assertThat(admin.get("memberSince").asText())
                .isEqualTo(organization.epoch().toString());
        JsonNode found = client.json("ListMembers", "{" + ofThis + ",\"filter\":{\"search\":\"novák\"}}")
                .get("members");
        assertThat(found).hasSize(1);
        assertThat(client.json(
                                "ListMembers",
                                "{" + ofThis + ",\"filter\":{\"roles\":[\"ORGANIZATION_ROLE_MEMBER\"],"
                                        + "\"statuses\":[\"USER_STATUS_ACTIVE\"]}}")
                        .get("members"))
                .hasSize(11);
        JsonNode accounts = client.json("ListServiceAccounts", "{}").get("serviceAccounts");
        assertThat(accounts).hasSize(2);
        assertThat(accounts.at("/0/name").asText()).isEqualTo("ci-deployer");
        assertThat(accounts.at("/0/organizationId").asText()).isEqualTo(simulator.organizationId());
    }

    @Test
    void namesCanBeRefusedToThoseWhoReadTheLog() {
        simulator.trouble().on("ListMembers").respond(403, "permission_denied", "not for you");
        simulator.trouble().on("ListServiceAccounts").respond(403, "permission_denied", "not for you");
        assertThat(client.post("ListMembers", "{}").statusCode()).isEqualTo(403);
        assertThat(client.post("ListServiceAccounts", "{}").statusCode()).isEqualTo(403);
        assertThat(client.post("ListAuditLogs", "{}").statusCode()).isEqualTo(200);
        simulator.trouble().clear();
        String other = "{\"organizationId\":\"" + UUID.randomUUID() + "\"}";
        assertThat(client.post("ListMembers", other).statusCode()).isEqualTo(403);
    }

    @Test
    void aMemberSeesTheirOwn() {
        organization.createEnvironment();
        Environment own = organization.createEnvironment(organization.memberId(), null, null);
        JsonNode seen = Json.read(SimulatorClient.send(client.request("ListEnvironments", "{}")
                        .setHeader("Authorization", "Bearer " + simulator.memberToken()))
                .body());
        assertThat(seen.get("environments")).hasSize(1);
        assertThat(seen.at("/environments/0/id").asText()).isEqualTo(own.id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GetAuthenticatedIdentity | {\"x\":1}",
                "ListEnvironments | {\"filter\":{\"creatorIds\":[\"x\"]}}",
                "ListEnvironments | {\"filter\":{\"statusPhases\":[\"RUNNING\"]}}",
                "ListEnvironments | {\"pagination\":{\"token\":\"projects-0\"}}",
                "ListProjects | {\"pagination\":{\"pageSize\":101}}",
                "ListRunners | {\"pagination\":{\"token\":\"runners-x\"}}",
                "ListMembers | {}",
                "ListMembers | {\"organizationId\":\"x\"}",
                "ListServiceAccounts | {\"organizationId\":\"x\"}"
            })
    void refuses(String method, String body) {
        assertThat(client.post(method, body).statusCode()).isEqualTo(400);
    }

    @Test
    void changesByHandAreToldByLogAndStreams() {
        StreamReader reader = new StreamReader(client.open("{}"));
        Environment environment = organization.createEnvironment();
        organization.updateEnvironment(environment.id(), "renamed");
        organization.deleteEnvironment(environment.id());
        organization.restoreEnvironment(environment);
        Project project = organization.createProject("p");
        organization.updateProject(project.id(), "q");
        organization.deleteProject(project.id());
        Runner runner = organization.createRunner("r");
        organization.changeRunnerPhase(runner.id(), "RUNNER_PHASE_DEGRADED");
        organization.deleteRunner(runner.id());
        String e = environment.id();
        String p = project.id();
        String r = runner.id();
        await().untilAsserted(() -> assertThat(reader.resourceIds()).containsExactly(e, e, e, e, p, p, p, r, r, r));
        assertThat(reader.text()).contains("_UPDATE\"", "_UPDATE_STATUS\"", "_DELETE\"");
        assertThat(simulator.auditLog().entries())
                .extracting(Entry::subjectId)
                .containsExactlyInAnyOrder(e, e, e, e, p, p, p, r, r, r);
        assertThat(organization.environments()).containsExactly(environment);
    }
}
