package io.github.camelgitpod.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.spring.AutoConfigureGitpodSimulator;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;

/** One of several machines, with a cluster service that is a bean. */
@SpringBootTest(
        classes = MasterRouteTest.Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.endpoints.web.exposure.include=*",
            "management.endpoint.health.show-details=always",
            "camel.health.exposure-level=full"
        })
@AutoConfigureGitpodSimulator
@Tag("camel-master")
class MasterRouteTest {
    @TempDir
    static Path shared;

    @Autowired
    GitpodSimulator gitpod;

    @Autowired
    CamelContext camel;

    @LocalServerPort
    int port;

    @Test
    void leadsDeliversAndIsUp() throws Exception {
        Entry entry = gitpod.auditLog().add(Entry.at(gitpod.now().minusSeconds(60)));

        MockEndpoint entries = camel.getEndpoint("mock:clustered", MockEndpoint.class);
        entries.expectedMessagesMatches(
                message -> message.getMessage().getBody(String.class).equals(entry.json()));
        entries.assertIsSatisfied();
        Actuator actuator = new Actuator(port);
        await().atMost(ONE_MINUTE).untilAsserted(() -> {
            JsonNode details = actuator.camelHealth().path("details");
            assertThat(details.path("consumer:clustered").asText())
                    .as(details.toString())
                    .isEqualTo("UP");
            assertThat(details.path("consumer:clustered.data")
                            .path("gitpod.state")
                            .asText())
                    .isEqualTo("CURRENT");
            assertThat(actuator.metric("gitpod.auditlog.entries", "clustered")).isEqualTo(1);
        });
    }

    /** Without an annotation for which other tests look. */
    @EnableAutoConfiguration
    static class Application {

        /** A bean that the context is not given is not found. */
        @Bean
        CamelClusterService cluster(CamelContext context) throws Exception {
            FileLockClusterService cluster = new FileLockClusterService();
            cluster.setRoot(shared.toString());
            cluster.setAcquireLockDelay(100, TimeUnit.MILLISECONDS);
            cluster.setAcquireLockInterval(100, TimeUnit.MILLISECONDS);
            context.addService(cluster);
            return cluster;
        }

        @Bean
        StateRepository<String, String> cursors() {
            return new MemoryStateRepository();
        }

        @Bean
        RouteBuilder routes() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("master:audit:gitpod:auditLogs?from=beginning&initialDelay=0&delay=50ms"
                                    + "&stateRepository=#bean:cursors&stateKey=clustered")
                            .routeId("clustered")
                            .to("mock:clustered");
                }
            };
        }
    }
}
