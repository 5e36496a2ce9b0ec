package io.github.camelgitpod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.PollingConsumer;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.support.EventDrivenPollingConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is polled one by one waits in a queue of Camel's, where it would count as delivered before anybody has taken it. */
@Timeout(60)
class PollingRefusedTest {
    private static final String[] INSTEAD = {"from(\"gitpod:auditLogs\")", "from(\"gitpod:events\")", "operation=list"};

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    interface Poll {
        void of(ConsumerTemplate template, String uri);
    }

    static Stream<Poll> polls() {
        return Stream.of(
                ConsumerTemplate::receive,
                (template, uri) -> template.receive(uri, 1000),
                ConsumerTemplate::receiveNoWait,
                ConsumerTemplate::receiveBody,
                ConsumerTemplate::receiveBodyNoWait);
    }

    @ParameterizedTest
    @MethodSource("polls")
    void aTemplateIsToldWhatToWriteInstead(Poll poll) {
        DefaultCamelContext context = gitpod.context();
        context.start();
        try (ConsumerTemplate template = context.createConsumerTemplate()) {
            for (String uri : List.of("gitpod:auditLogs", "gitpod:events")) {
                assertThatThrownBy(() -> poll.of(template, uri))
                        .rootCause()
                        .isInstanceOf(UnsupportedOperationException.class)
                        .hasMessageContainingAll(INSTEAD);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(gitpod.simulator().requests().all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gitpod:auditLogs", "gitpod:events"})
    void anEndpointHasNoPollingConsumer(String uri) {
        assertThatThrownBy(() -> gitpod.context().getEndpoint(uri).createPollingConsumer())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContainingAll(INSTEAD);
    }

    static Stream<Function<ProcessorDefinition<?>, ProcessorDefinition<?>>> enrichers() {
        return Stream.of(
                route -> route.pollEnrich("gitpod:auditLogs?from=beginning"),
                route -> route.pollEnrich("gitpod:events", 0),
                route -> route.pollEnrich()
                        .simple("gitpod:auditLogs?from=${header.from}")
                        .end(),
                route -> route.poll("gitpod:auditLogs", 1000));
    }

    @ParameterizedTest
    @MethodSource("enrichers")
    void aRouteThatPollsDoesNotStart(Function<ProcessorDefinition<?>, ProcessorDefinition<?>> enricher)
            throws Exception {
        DefaultCamelContext context = gitpod.context();
        add(context, enricher);

        assertThatThrownBy(context::start)
                .rootCause()
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContainingAll(INSTEAD);
    }

    @Test
    void whereTheUriIsKnownOnlyThenTheExchangeFails() throws Exception {
        DefaultCamelContext context = gitpod.context();
        add(context, route -> route.pollEnrich().header("uri").end());
        context.start();

        for (String uri : List.of("gitpod:auditLogs?from=beginning", "gitpod:events")) {
            Exchange exchange = context.createFluentProducerTemplate()
                    .to("direct:in")
                    .withHeader("uri", uri)
                    .send();
            assertThat(exchange.getException()).rootCause().hasMessageContainingAll(INSTEAD);
        }
    }

    @Test
    void aRefusedPollTakesNothingFromTheRouteThatComesAfterIt() throws Exception {
        List<String> ids = gitpod.entries(50);
        String options = "from=beginning&stateKey=audit/auditLogs&" + gitpod.state();
        for (int process = 0; process < 3; process++) {
            DefaultCamelContext context = gitpod.context();
            context.start();
            try (ConsumerTemplate template = context.createConsumerTemplate()) {
                assertThatThrownBy(() -> template.receive("gitpod:auditLogs?" + options, 1000))
                        .rootCause()
                        .hasMessageContainingAll(INSTEAD);
            }
            context.stop();
        }

        AuditLogRoute route = gitpod.auditLogs(options).start().delivered(50);

        assertThat(route.ids()).isEqualTo(ids);
    }

    /** So does {@code master:}, which makes the consumer of what is polled once it is the leader. */
    @ParameterizedTest
    @ValueSource(strings = {"gitpod:auditLogs", "gitpod:events"})
    void whatIsPolledThroughAnotherEndpointGetsNoConsumer(String uri) {
        DefaultCamelContext context = gitpod.context();
        PollingConsumer poller = new EventDrivenPollingConsumer(context.getEndpoint("direct:master"));

        assertThatThrownBy(() -> context.getEndpoint(uri).createConsumer((Processor) poller))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContainingAll(INSTEAD);
    }

    private static void add(CamelContext context, Function<ProcessorDefinition<?>, ProcessorDefinition<?>> enricher)
            throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                enricher.apply(from("direct:in")).to("mock:out");
            }
        });
    }
}
