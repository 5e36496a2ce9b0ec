package io.github.camelgitpod.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** An application whose simulator has settings of the test's own; then its token is refused. */
@SpringBootTest(
        classes = TestApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.endpoints.web.exposure.include=*",
            "management.endpoint.health.show-details=always",
            "management.endpoint.health.probes.enabled=true",
            "management.endpoint.health.group.readiness.include=readinessState,camelReadinessState",
            "camel.health.exposure-level=full"
        })
class RefusedTokenTest {
    private static final String TOKEN = "canary-51c7-token";

    @RegisterExtension
    static final GitpodSimulatorExtension gitpod =
            new GitpodSimulatorExtension(GitpodSimulator.builder().accessToken(TOKEN));

    @DynamicPropertySource
    static void pointAtSimulator(DynamicPropertyRegistry registry) {
        gitpod.simulator().properties().forEach((name, value) -> registry.add(name, () -> value));
    }

    @LocalServerPort
    int port;

    @Test
    void actuatorShowsWhatTheServerSaid() throws IOException {
        Actuator actuator = new Actuator(port);
        await().atMost(ONE_MINUTE).until(() -> gitpod.simulator().eventStreams().open() == 1);

        gitpod.simulator().rotateAccessToken("another-token");
        gitpod.simulator().eventStreams().endAll();

        await().atMost(ONE_MINUTE).untilAsserted(() -> {
            JsonNode health = actuator.camelHealth();
            assertThat(health.path("status").asText()).isEqualTo("DOWN");
            for (String check : new String[] {"consumer:audit-log", "consumer:events"}) {
                assertThat(health.path("details").path(check).asText())
                        .as(check)
                        .isEqualTo("DOWN");
                assertThat(health.path("details")
                                .path(check + ".data")
                                .path("http.response.code")
                                .asText())
                        .isEqualTo("401");
                assertThat(health.path("details")
                                .path(check + ".data")
                                .path("gitpod.state")
                                .asText())
                        .isEqualTo("UNAUTHORIZED");
            }
            assertThat(health.path("details").path("error.message").asText())
                    .contains("a valid personal access token is required");
            assertThat(actuator.readiness()).isEqualTo("OUT_OF_SERVICE");
        });
        assertThat(actuator.pages()).hasSizeGreaterThan(8).noneMatch(page -> page.contains(TOKEN));
    }
}
