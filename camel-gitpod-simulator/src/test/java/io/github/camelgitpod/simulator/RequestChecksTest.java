package io.github.camelgitpod.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.simulator.protocol.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is checked before a request's body, and in which order. */
class RequestChecksTest {

    @RegisterExtension
    final GitpodSimulatorExtension extension = new GitpodSimulatorExtension();

    private GitpodSimulator simulator;
    private SimulatorClient client;

    @BeforeEach
    void connect() {
        simulator = extension.simulator();
        client = new SimulatorClient(simulator);
    }

    private static void assertRefused(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(Json.read(response.body()).get("code").asText()).isEqualTo(code);
        assertThat(Json.read(response.body()).get("message").asText()).isNotEmpty();
    }

    private HttpRequest.Builder bare(String path) {
        return HttpRequest.newBuilder(URI.create(simulator.baseUrl() + path));
    }

    @Test
    void pathComesFirst() {
        assertRefused(SimulatorClient.send(bare("/gitpod.v1.EventService/Nope").GET()), 404, "not_found");
        assertRefused(
                SimulatorClient.send(
                        bare("/gitpod.v2.EventService/ListAuditLogs").GET()),
                404,
                "not_found");
    }

    @Test
    void methodComesBeforeCredentials() {
        HttpResponse<String> response = SimulatorClient.send(
                bare("/gitpod.v1.EventService/ListAuditLogs").GET());
        assertRefused(response, 405, "unimplemented");
        assertThat(response.headers().firstValue("allow")).contains("POST");
    }

    @Test
    void credentialsComeBeforeRoleAndContent() {
        HttpRequest.Builder none =
                bare("/gitpod.v1.EventService/ListAuditLogs").POST(HttpRequest.BodyPublishers.ofString("nonsense"));
        assertRefused(SimulatorClient.send(none), 401, "unauthenticated");
        assertRefused(
                SimulatorClient.send(client.request("ListAuditLogs", "{}").setHeader("Authorization", "Bearer wrong")),
                401,
                "unauthenticated");
        assertRefused(
                SimulatorClient.send(client.request("ListAuditLogs", "{}")
                        .setHeader("Authorization", "Basic " + simulator.accessToken())),
                401,
                "unauthenticated");
    }

    @Test
    void roleComesBeforeContentType() {
        HttpRequest.Builder member = client.request("ListAuditLogs", "nonsense")
                .setHeader("Authorization", "Bearer " + simulator.memberToken())
                .setHeader("Content-Type", "text/plain");
        assertRefused(SimulatorClient.send(member), 403, "permission_denied");
    }

    @Test
    void membersMayWatchAndAskWhoTheyAre() {
        HttpRequest.Builder member = client.request("GetAuthenticatedIdentity", "{}")
                .setHeader("Authorization", "Bearer " + simulator.memberToken());
        assertThat(Json.read(SimulatorClient.send(member).body())
                        .at("/subject/id")
                        .asText())
                .isEqualTo(simulator.organization().memberId());
    }

    @Test
    void contentTypeComesBeforeBody() {
        assertRefused(
                SimulatorClient.send(
                        client.request("ListAuditLogs", "nonsense").setHeader("Content-Type", "text/plain")),
                415,
                "invalid_argument");
        assertThat(SimulatorClient.send(client.request("ListAuditLogs", "{}")
                                .setHeader("Content-Type", "application/json; charset=utf-8"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aStreamIsAskedForAsLines() {
        assertRefused(client.post("WatchEvents", "nonsense"), 415, "invalid_argument");
        assertRefused(SimulatorClient.send(client.watch("nonsense")), 400, "invalid_argument");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/jsonl", "application/jsonl; charset=utf-8", ""})
    void aStreamIsOpenedWhateverItsBodyIsCalled(String type) {
        for (String body : List.of("{}", "")) {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            client.watch(body).build().uri())
                    .header("Authorization", "Bearer " + simulator.accessToken())
                    .header("Accept", "application/jsonl")
                    .POST(HttpRequest.BodyPublishers.ofString(body));
            if (!type.isEmpty()) {
                request.header("Content-Type", type);
            }
            assertThat(SimulatorClient.send(request, BodyHandlers.ofInputStream())
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(simulator.eventStreams().opened()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/proto", "application/connect+proto", "application/connect+json", "application/grpc"
            })
    void whoSpeaksProtobufIsToldThatThisIsJson(String type) {
        HttpResponse<String> unary =
                SimulatorClient.send(client.request("ListAuditLogs", "").setHeader("Content-Type", type));
        assertRefused(unary, 415, "invalid_argument");
        assertThat(unary.headers().firstValue("accept-post")).contains("application/json");
        assertThat(unary.body()).contains(type);
        HttpResponse<String> stream = SimulatorClient.send(client.watch("").setHeader("Content-Type", type));
        assertRefused(stream, 415, "invalid_argument");
        assertThat(stream.headers().firstValue("accept-post")).contains("application/json, application/jsonl");
    }

    @Test
    void aRotatedTokenReplacesTheOldOne() {
        HttpRequest.Builder old = client.request("ListAuditLogs", "{}");
        simulator.rotateAccessToken("another-token");
        assertRefused(SimulatorClient.send(old), 401, "unauthenticated");
        assertThat(client.post("ListAuditLogs", "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void theAuditLogRoleCanBeTakenAndGivenBack() {
        simulator.revokeAuditLogRole();
        assertRefused(client.post("ListAuditLogs", "{}"), 403, "permission_denied");
        assertThat(client.post("ListEnvironments", "{}").statusCode()).isEqualTo(200);
        simulator.grantAuditLogRole();
        assertThat(client.post("ListAuditLogs", "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void onlyTheEnterprisePlanHasAuditLogs() {
        Entry entry = simulator.auditLog().add(Entry.at(simulator.now()));
        String get = "{\"auditLogEntryId\":\"" + entry.id() + "\"}";
        simulator.organizationTier("ORGANIZATION_TIER_CORE");
        for (HttpResponse<String> response :
                List.of(client.post("ListAuditLogs", "{}"), client.post("GetAuditLog", get))) {
            assertRefused(response, 400, "failed_precondition");
            assertThat(Json.read(response.body()).get("message").asText())
                    .isEqualTo("feature is only available for enterprise customers");
        }
        simulator.revokeAuditLogRole();
        assertRefused(client.post("ListAuditLogs", "{}"), 403, "permission_denied");
        simulator.grantAuditLogRole();
        assertThat(client.json("GetAuthenticatedIdentity", "{}")
                        .get("organizationTier")
                        .asText())
                .isEqualTo("ORGANIZATION_TIER_CORE");
        assertThat(client.post("ListEnvironments", "{}").statusCode()).isEqualTo(200);
        simulator.organizationTier("ORGANIZATION_TIER_ENTERPRISE");
        assertThat(client.post("ListAuditLogs", "{}").statusCode()).isEqualTo(200);
        assertThat(client.post("GetAuditLog", get).statusCode()).isEqualTo(200);
    }

    @Test
    void requestsAreNotedWithoutTheToken() {
        client.post("ListAuditLogs", "{\"pagination\":{\"pageSize\":7}}");
        client.post("ListAuditLogs?pageSize=8", "{}");
        client.post("GetAuditLog", "{}");
        assertThat(simulator.requests().count("ListAuditLogs")).isEqualTo(2);
        assertThat(simulator.requests().count()).isEqualTo(3);
        RecordedRequest first = simulator.requests().all().get(0);
        assertThat(first.body()).isEqualTo("{\"pagination\":{\"pageSize\":7}}");
        assertThat(first.path()).isEqualTo("/api/gitpod.v1.EventService/ListAuditLogs");
        assertThat(first.headers().get("content-type")).containsExactly("application/json");
        assertThat(first.headers()).doesNotContainKey("authorization");
        assertThat(simulator.requests().of("ListAuditLogs").get(1).query()).isEqualTo("pageSize=8");
        assertThat(simulator.requests().of("GetAuditLog").get(0).status()).isEqualTo(400);
        assertThat(simulator.requests().all().toString() + simulator).doesNotContain(simulator.accessToken());
        simulator.requests().clear();
        assertThat(simulator.requests().count()).isZero();
    }
}
