package io.github.camelgitpod.kamelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import java.util.Map;
import org.apache.camel.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code kamelet:gitpod-events-source} by its name, from YAML on camel-main. */
class EventsKameletTest {
    @RegisterExtension
    final GitpodSimulatorExtension gitpod =
            new GitpodSimulatorExtension(GitpodSimulator.builder().accessToken(System.getenv("GITPOD_API_KEY")));

    @Test
    void deliversTheOperationsThatAreWantedAndTheGap() throws Exception {
        GitpodSimulator simulator = gitpod.simulator();
        String yaml = Application.route(
                "gitpod-events-source",
                Map.of("baseUrl", simulator.baseUrl(), "operations", "create", "reconnectDelay", "10ms"),
                "setProperty: {name: resource, simple: \"${body.resourceId}\"}");

        try (Application application = new Application(yaml)) {
            await().atMost(ONE_MINUTE).until(() -> simulator.eventStreams().open() == 1);
            String project = simulator.organization().createProject("first").id();
            await().atMost(ONE_MINUTE).until(() -> application.exchanges().size() == 1);
            simulator.organization().deleteProject(project);
            simulator.eventStreams().cutAll();
            await().atMost(ONE_MINUTE)
                    .until(() -> simulator.eventStreams().open() == 1
                            && simulator.eventStreams().opened() == 2);
            String second = simulator.organization().createProject("second").id();
            await().atMost(ONE_MINUTE).until(() -> application.exchanges().size() == 2);

            assertThat(application.exchanges())
                    .extracting(exchange -> exchange.getProperty("resource"))
                    .containsExactly(project, second);
            assertThat(application.texts().get(1)).contains(second).startsWith("{");
            Message afterGap = application.exchanges().get(1).getMessage();
            assertThat(afterGap.getHeader("CamelGitpodGapReason")).isNotNull();
            assertThat(KameletFile.named("gitpod-events-source")
                            .dataTypesOut()
                            .path("headers")
                            .fieldNames())
                    .toIterable()
                    .containsAll(afterGap.getHeaders().keySet().stream()
                            .filter(name -> name.startsWith("CamelGitpod"))
                            .toList());
        }
    }
}
