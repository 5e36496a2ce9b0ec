package io.github.camelgitpod.quarkus.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The consumers are part of the application's readiness. */
@QuarkusTest
@WithTestResource(SimulatorResource.class)
class HealthTest {
    GitpodSimulator simulator;

    @TestHTTPResource("/q/health/ready")
    URI readiness;

    @AfterEach
    void noMoreTrouble() {
        simulator.trouble().clear();
    }

    @Test
    void aServerThatFailsIsSeen() throws Exception {
        await().atMost(ONE_MINUTE)
                .untilAsserted(
                        () -> assertThat(consumers().get("status").asText()).isEqualTo("UP"));

        simulator.trouble().on("ListAuditLogs").respond(503, "unavailable", "try later");
        await().atMost(ONE_MINUTE).untilAsserted(() -> {
            JsonNode consumers = consumers();
            assertThat(consumers.get("status").asText()).isEqualTo("DOWN");
            assertThat(consumers.get("data").get("endpoint.uri").asText()).startsWith("gitpod://auditLogs");
            assertThat(consumers.get("data").get("http.response.code").asText()).isEqualTo("503");
        });
        assertThat(consumers().toString()).doesNotContain(simulator.accessToken());
    }

    /** Camel's check of the consumers, which shows one that is down. */
    private JsonNode consumers() throws IOException, InterruptedException {
        String body = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(readiness).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        return StreamSupport.stream(
                        new ObjectMapper().readTree(body).get("checks").spliterator(), false)
                .filter(check -> check.get("name").asText().equals("camel-consumers"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(body));
    }
}
