package io.github.camelgitpod.quarkus.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.GitpodComponent;
import io.github.camelgitpod.GitpodConfiguration;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;

/** The component in a Quarkus application: its options come from the application's configuration, and its routes run. */
@QuarkusTest
@WithTestResource(SimulatorResource.class)
class RoutesTest {
    GitpodSimulator simulator;

    @Inject
    CamelContext context;

    @Inject
    Deliveries deliveries;

    @Test
    void optionsAreBound() {
        GitpodConfiguration options =
                context.getComponent("gitpod", GitpodComponent.class).getConfiguration();
        assertThat(options.getBaseUrl()).isEqualTo(simulator.baseUrl());
        assertThat(context.resolvePropertyPlaceholders(options.getAccessToken()))
                .isEqualTo(simulator.accessToken());
        assertThat(options.getConnectTimeout()).isEqualTo(7_000);
        assertThat(options.getMaxRetries()).isEqualTo(1);
    }

    @Test
    void entriesArrive() {
        Entry entry = simulator
                .auditLog()
                .add(Entry.at(simulator.now().minusSeconds(60)).withAction("Secret created"));
        await().untilAsserted(() ->
                assertThat(deliveries.entries()).contains(new Deliveries.Delivery("Secret created", entry.json())));
    }

    @Test
    void aTokenThatIsRotatedIsTakenUp() {
        long opened = simulator.eventStreams().opened();
        Properties changed = new Properties();
        changed.setProperty("my.token", "another-token");
        context.getPropertiesComponent().setOverrideProperties(changed);
        simulator.rotateAccessToken("another-token");
        simulator.eventStreams().endAll();

        await().until(() -> simulator.eventStreams().opened() > opened);
        assertThat(context.getComponent("gitpod", GitpodComponent.class)
                        .getConfiguration()
                        .getAccessToken())
                .isEqualTo("{{my.token}}");
    }

    @Test
    void aSecondComponentHasPropertiesOfItsOwn() {
        GitpodConfiguration options =
                context.getComponent("staging", GitpodComponent.class).getConfiguration();
        assertThat(options.getBaseUrl()).isEqualTo("https://staging.example/api");
        assertThat(options.getAccessToken()).isNull();
        assertThat(options.getMaxRetries()).isEqualTo(2);
    }

    @Test
    void eventsArrive() {
        await().until(() -> simulator.eventStreams().open() > 0);
        simulator.organization().createEnvironment();
        await().untilAsserted(() -> assertThat(deliveries.events()).anySatisfy(event -> {
            assertThat(event.field()).isEqualTo("RESOURCE_TYPE_ENVIRONMENT");
            assertThat(event.json()).startsWith("{").contains("RESOURCE_TYPE_ENVIRONMENT");
        }));
    }
}
