package io.github.camelgitpod.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.testing.GitpodTest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.MulticastDefinition;
import org.apache.camel.spi.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Routes find the data types by their names, and what an entry does not tell comes from its exchange. */
class DataTypeRouteTest {
    private static final List<String> NAMES = List.of(
            "cloudevents",
            "cloudevents+json",
            "ocsf+json",
            "ecs+json",
            "otlp+json",
            "ndjson",
            "ecs+ndjson",
            "ocsf+ndjson");

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final List<Exchange> delivered = new CopyOnWriteArrayList<>();

    @Test
    void eachIsFoundByItsName() throws Exception {
        Entry entry = gitpod.simulator().auditLog().add(Entry.at(GitpodTest.HOUR_AGO));
        DefaultCamelContext context = gitpod.context();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                MulticastDefinition each =
                        from("gitpod:auditLogs?from=beginning&initialDelay=0").multicast();
                for (String name : NAMES) {
                    each.pipeline()
                            .transformDataType(new DataType("gitpod:application-" + name))
                            .process(exchange -> delivered.add(exchange.copy()))
                            .end();
                }
            }
        });
        context.start();

        await().until(() -> delivered.size() >= NAMES.size());
        assertThat(delivered)
                .allSatisfy(exchange ->
                        assertThat(exchange.getMessage().getBody(String.class)).contains(entry.id()));
        assertThat(delivered.get(0).getMessage().getHeader("CamelCloudEventID")).isEqualTo(entry.id());
    }

    @Test
    void hostAndTimeOfReceiptOutliveAQueue() throws Exception {
        gitpod.simulator().auditLog().add(Entry.at(GitpodTest.HOUR_AGO));
        long before = System.currentTimeMillis();
        DefaultCamelContext context = gitpod.context();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("gitpod:auditLogs?from=beginning&initialDelay=0").to("seda:queue");
                from("seda:queue")
                        .transformDataType(new DataType("gitpod:application-ocsf+json"))
                        .process(exchange -> delivered.add(exchange.copy()));
            }
        });
        context.start();

        await().until(() -> !delivered.isEmpty());
        JsonNode metadata = json(0).path("metadata");
        assertThat(metadata.path("log_provider").asText()).isEqualTo("127.0.0.1");
        assertThat(metadata.path("logged_time").asLong())
                .isBetween(before, metadata.path("processed_time").asLong());
    }

    @Test
    void aQueryTellsItsHostToo() throws Exception {
        List<String> ids = gitpod.entries(3);

        DefaultCamelContext context = gitpod.context();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:ask")
                        .to("gitpod:auditLogs?from=beginning&sort=asc")
                        .transformDataType(new DataType("gitpod:application-cloudevents+json"))
                        // While the listing can be read: until the exchange is completed.
                        .convertBodyTo(String.class)
                        .process(exchange -> delivered.add(exchange.copy()));
            }
        });
        context.start();
        context.createProducerTemplate().sendBody("seda:ask", "");

        await().until(() -> !delivered.isEmpty());
        JsonNode events = json(0);
        assertThat(events.valueStream().map(event -> event.path("id").asText())).containsExactlyElementsOf(ids);
        assertThat(events.get(0).path("source").asText()).isEqualTo("https://127.0.0.1");
    }

    @Test
    void aBatchIsOneDocument() throws Exception {
        List<String> ids = gitpod.entries(3);

        start("gitpod:auditLogs?from=beginning&initialDelay=0&batching=true", "gitpod:application-ecs+json");

        await().until(() -> !delivered.isEmpty());
        assertThat(json(0).valueStream()
                        .map(document -> document.at("/event/id").asText()))
                .containsExactlyElementsOf(ids);
    }

    @Test
    void anEventOfTheStreamHasItsEnvironment() throws Exception {
        String environment =
                gitpod.simulator().organization().createEnvironment().id();
        start("gitpod:events?environmentId=" + environment, "gitpod:application-otlp+json");
        await().until(() -> gitpod.simulator().eventStreams().open() == 1);

        gitpod.simulator()
                .eventStreams()
                .publish("RESOURCE_OPERATION_UPDATE", "RESOURCE_TYPE_ENVIRONMENT", environment);

        await().until(() -> !delivered.isEmpty());
        assertThat(delivered.get(0).getMessage().getBody(String.class))
                .contains("\"gitpod.event.environment.id\"", environment, "\"127.0.0.1\"");
    }

    private void start(String uri, String type) throws Exception {
        DefaultCamelContext context = gitpod.context();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).transformDataType(new DataType(type)).process(exchange -> delivered.add(exchange.copy()));
            }
        });
        context.start();
    }

    private JsonNode json(int place) {
        return TestMessages.json(delivered.get(place).getMessage().getBody(String.class));
    }
}
