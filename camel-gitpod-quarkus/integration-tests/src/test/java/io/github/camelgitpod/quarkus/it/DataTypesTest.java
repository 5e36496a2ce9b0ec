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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.MulticastDefinition;
import org.junit.jupiter.api.Test;

/** The data types are found by their names, those for CloudEvents too, which Camel Quarkus would leave out. */
@QuarkusTest
@WithTestResource(SimulatorResource.class)
class DataTypesTest {
    private static final List<String> NAMES = List.of(
            "gitpod:application-cloudevents",
            "gitpod:application-cloudevents+json",
            "gitpod:application-ocsf+json",
            "gitpod:application-ecs+json",
            "gitpod:application-otlp+json",
            "gitpod:application-ndjson",
            "gitpod:application-ecs+ndjson",
            "gitpod:application-ocsf+ndjson");
    private static final Map<String, String> LATEST = new ConcurrentHashMap<>();

    GitpodSimulator simulator;

    @ApplicationScoped
    static class Route extends RouteBuilder {
        @Override
        public void configure() {
            MulticastDefinition each = from("gitpod:auditLogs?from=beginning&delay=200ms&stateKey=data-types")
                    .routeId("data-types")
                    .multicast();
            for (String name : NAMES) {
                each.pipeline()
                        .transformDataType(name)
                        .process(exchange ->
                                LATEST.put(name, exchange.getMessage().getBody(String.class)))
                        .end();
            }
        }
    }

    @Test
    void eachIsFoundByItsName() {
        Entry entry = simulator.auditLog().add(Entry.at(simulator.now().minusSeconds(60)));

        await().atMost(ONE_MINUTE)
                .untilAsserted(() -> assertThat(LATEST.keySet()).containsAll(NAMES));
        await().atMost(ONE_MINUTE).untilAsserted(() -> assertThat(LATEST.values())
                .allSatisfy(text -> assertThat(text).contains(entry.id())));
    }
}
