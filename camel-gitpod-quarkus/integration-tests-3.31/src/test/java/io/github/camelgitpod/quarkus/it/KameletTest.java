package io.github.camelgitpod.quarkus.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** The Kamelets in the component's jar are found by name, and read with the component's options. */
@QuarkusTest
@WithTestResource(SimulatorResource.class)
class KameletTest {
    private static final List<String> BODIES = new CopyOnWriteArrayList<>();

    GitpodSimulator simulator;

    @ApplicationScoped
    static class Route extends RouteBuilder {
        @Override
        public void configure() {
            from("kamelet:gitpod-audit-logs-source?from=beginning&delay=200ms")
                    .process(exchange -> BODIES.add(exchange.getMessage().getBody(String.class)));
        }
    }

    @Test
    void entriesArrive() {
        Entry entry = simulator
                .auditLog()
                .add(Entry.at(simulator.now().minusSeconds(60)).withAction("Secret deleted"));
        await().atMost(ONE_MINUTE).untilAsserted(() -> assertThat(BODIES).contains(entry.json()));
    }
}
