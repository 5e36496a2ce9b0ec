package io.github.camelgitpod.endpoint;

import static io.github.camelgitpod.endpoint.StaticEndpointBuilders.gitpod;
import static org.apache.camel.builder.endpoint.StaticEndpointBuilders.mock;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.github.camelgitpod.endpoint.dsl.GitpodEndpointBuilderFactory;
import io.github.camelgitpod.model.AuditLogOperation;
import io.github.camelgitpod.model.AuditLogSort;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.Main;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Routes whose endpoints are written in Java read an organization, as those with a URI do. */
class EndpointDslTest {
    /** Has what means something in a URI: Camel's builders make one of what they are given. */
    private static final String TOKEN = "a+b&c=d%25?e";

    @RegisterExtension
    final GitpodSimulatorExtension extension =
            new GitpodSimulatorExtension(GitpodSimulator.builder().accessToken(TOKEN));

    @TempDir
    Path directory;

    private final Main main = new Main();
    private GitpodSimulator gitpod;
    private Entry secret;
    private Entry other;

    @BeforeEach
    void addEntries() {
        gitpod = extension.simulator();
        secret = gitpod.auditLog()
                .add(Entry.at(gitpod.now().minusSeconds(60)).withSubject("RESOURCE_TYPE_USER_SECRET", "s1"));
        other = gitpod.auditLog()
                .add(Entry.at(gitpod.now().minusSeconds(50)).withSubject("RESOURCE_TYPE_PROJECT", "p1"));
    }

    @AfterEach
    void stop() {
        main.stop();
    }

    @Test
    void theRouteOfThePageReads() {
        gitpod.properties().forEach(main::addOverrideProperty);
        main.addOverrideProperty("directory", directory.toString());
        start(new SecretsRoute());

        Path file = directory.resolve("secrets.jsonl");
        await().atMost(ONE_MINUTE)
                .until(() -> Files.exists(directory.resolve("state")) && Files.exists(file) && Files.size(file) > 0);

        assertThat(file).hasContent(secret.json());
    }

    @Test
    void optionsAreObjectsAndRawTexts() throws Exception {
        MemoryStateRepository here = new MemoryStateRepository();
        MemoryStateRepository there = new MemoryStateRepository();
        CamelContext context = start(new RouteBuilder() {
            @Override
            public void configure() {
                from(reader(here)).routeId("here").to(mock("here"));
                from(reader(there)).routeId("there").to(mock("there"));
            }
        });
        for (String name : List.of("here", "there")) {
            MockEndpoint sink = context.getEndpoint("mock:" + name, MockEndpoint.class);
            sink.expectedBodiesReceived(secret.json(), other.json());
            sink.assertIsSatisfied();
        }

        await().atMost(ONE_MINUTE)
                .until(() -> here.getState("here/auditLogs") != null && there.getState("there/auditLogs") != null);
        assertThat(here.getState("there/auditLogs")).isNull();
        assertThat(there.getState("here/auditLogs")).isNull();
    }

    @Test
    void aProducerAsks() {
        gitpod.properties().forEach(main::addOverrideProperty);
        CamelContext context = start(new SecretsRoute() {
            @Override
            public void configure() {
                from(direct("ask"))
                        .to(gitpod("auditLogs")
                                .operation(AuditLogOperation.list)
                                .sort(AuditLogSort.asc)
                                .subjectTypes("project"))
                        .convertBodyTo(String.class);
            }
        });

        assertThat(context.createProducerTemplate().requestBody("direct:ask", null, String.class))
                .isEqualTo("[" + other.json() + "]");
    }

    private GitpodEndpointBuilderFactory.GitpodEndpointConsumerBuilder reader(MemoryStateRepository states) {
        return gitpod("auditLogs")
                .baseUrl(gitpod.baseUrl())
                .accessToken("RAW(" + TOKEN + ")")
                .from("beginning")
                .initialDelay(0)
                .requestTimeout("10s")
                .stateRepository(states);
    }

    private CamelContext start(RoutesBuilder routes) {
        main.configure().addRoutesBuilder(routes);
        main.start();
        return main.getCamelContext();
    }
}
