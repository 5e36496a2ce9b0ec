package io.github.camelgitpod.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.spring.AutoConfigureGitpodSimulator;
import java.io.IOException;
import org.apache.camel.CamelContext;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.StateRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** An application whose simulator is an annotation away. */
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
@AutoConfigureGitpodSimulator
class ApplicationTest {
    @Autowired
    GitpodSimulator gitpod;

    @Autowired
    CamelContext camel;

    @Autowired
    StateRepository<String, String> cursors;

    @LocalServerPort
    int port;

    private Actuator actuator;
    private MockEndpoint entries;
    private MockEndpoint events;

    @BeforeEach
    void findParts() {
        actuator = new Actuator(port);
        entries = camel.getEndpoint("mock:entries", MockEndpoint.class);
        events = camel.getEndpoint("mock:events", MockEndpoint.class);
        entries.reset();
        events.reset();
        await().atMost(ONE_MINUTE).until(() -> gitpod.eventStreams().open() == 1);
    }

    @Test
    void routesDeliverEntriesAndEvents() throws Exception {
        Entry entry =
                gitpod.auditLog().add(Entry.at(gitpod.now().minusSeconds(60)).withAction("Secret created"));
        gitpod.eventStreams().publish("RESOURCE_OPERATION_CREATE", "RESOURCE_TYPE_PROJECT", gitpod.organizationId());

        entries.expectedBodiesReceived(entry.json());
        entries.expectedHeaderReceived("CamelGitpodAction", "Secret created");
        events.expectedMessageCount(1);
        events.expectedHeaderReceived("CamelGitpodOperation", "RESOURCE_OPERATION_CREATE");
        entries.assertIsSatisfied();
        events.assertIsSatisfied();
        // The bean that the URI names.
        await().atMost(ONE_MINUTE).untilAsserted(() -> assertThat(cursors.getState("audit-log/auditLogs"))
                .isNotNull());
    }

    @Test
    void dataTypesAreFoundByTheirNames() throws Exception {
        MockEndpoint cloudEvents = camel.getEndpoint("mock:cloud-events", MockEndpoint.class);
        cloudEvents.reset();
        Entry entry = gitpod.auditLog().add(Entry.at(gitpod.now().minusSeconds(60)));

        cloudEvents.expectedMessagesMatches(
                event -> event.getMessage().getBody(String.class).contains(entry.id()));
        cloudEvents.expectedHeaderReceived("Content-Type", "application/cloudevents+json");
        cloudEvents.assertIsSatisfied();
    }

    @Test
    void actuatorShowsThatTheConsumersAreUp() throws IOException {
        await().atMost(ONE_MINUTE).untilAsserted(() -> {
            JsonNode health = actuator.camelHealth();
            assertThat(health.path("status").asText()).isEqualTo("UP");
            assertThat(health.path("details").path("consumer:audit-log").asText())
                    .isEqualTo("UP");
            assertThat(health.path("details").path("consumer:events").asText()).isEqualTo("UP");
            for (String check : new String[] {"consumer:audit-log", "consumer:events"}) {
                assertThat(health.path("details")
                                .path(check + ".data")
                                .path("gitpod.state")
                                .asText())
                        .as(check)
                        .isEqualTo("CURRENT");
            }
            assertThat(actuator.readiness()).isEqualTo("UP");
        });
    }

    @Test
    void actuatorShowsTheConsumersFigures() throws IOException {
        double before = actuator.metric("gitpod.auditlog.entries", "audit-log");
        gitpod.auditLog().add(Entry.at(gitpod.now().minusSeconds(60)));
        gitpod.auditLog().add(Entry.at(gitpod.now().minusSeconds(30)));
        gitpod.eventStreams().publish("RESOURCE_OPERATION_CREATE", "RESOURCE_TYPE_PROJECT", gitpod.organizationId());

        await().atMost(ONE_MINUTE).untilAsserted(() -> {
            assertThat(actuator.metric("gitpod.auditlog.entries", "audit-log")).isEqualTo(before + 2);
            assertThat(actuator.metric("gitpod.auditlog.lag", "audit-log")).isBetween(0.0, 3_600.0);
            assertThat(actuator.metric("gitpod.auditlog.clock.disagreements", "audit-log"))
                    .isZero();
            assertThat(actuator.metric("gitpod.auditlog.read.entries.left", "audit-log"))
                    .isNotNaN();
            assertThat(actuator.metric("gitpod.requests", "audit-log")).isPositive();
            assertThat(actuator.metric("gitpod.events", "events")).isPositive();
            assertThat(actuator.metric("gitpod.events.streams.open", "events")).isEqualTo(1);
        });
    }

    @Test
    void figuresAreThoseOfTheConsumerThatRuns() throws Exception {
        camel.getRouteController().stopRoute("events");
        assertThat(actuator.metric("gitpod.events.streams.open", "events"))
                .as("it is gone")
                .isNaN();

        camel.getRouteController().startRoute("events");

        await().atMost(ONE_MINUTE)
                .untilAsserted(() -> assertThat(actuator.metric("gitpod.events.streams.open", "events"))
                        .isEqualTo(1));
    }

    @Test
    void noPageShowsTheToken() throws IOException {
        assertThat(actuator.pages()).hasSizeGreaterThan(8).noneMatch(page -> page.contains(gitpod.accessToken()));
    }
}
