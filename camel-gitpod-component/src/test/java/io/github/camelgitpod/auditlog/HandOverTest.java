package io.github.camelgitpod.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.testing.GitpodTest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.camel.Expression;
import org.apache.camel.Processor;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.Builder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a route only hands over counts as delivered: it is lost when what is behind it fails, and a warning says so. */
class HandOverTest {
    private static final String TOLD = "hands entries over with ";

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final List<String> ids = gitpod.entries(20);
    private final Set<String> arrived = ConcurrentHashMap.newKeySet();
    private final AtomicInteger failures = new AtomicInteger();

    /** Refuses the first that comes. */
    private final Processor sink = exchange -> {
        if (failures.getAndIncrement() == 0) {
            throw new IllegalStateException("the sink is away");
        }
        Object body = exchange.getMessage().getBody();
        for (Object entry : body instanceof List<?> several ? several : List.of(body)) {
            arrived.add(((AuditLogEntry) entry).id());
        }
    };

    @Test
    void sedaLosesWhatFailsBehindIt() throws Exception {
        try (DefaultCamelContext context =
                context("", route -> route.to("seda:later"), behind -> behind.from("seda:later")
                        .process(sink))) {
            await().until(() -> arrived.size() == ids.size() - 1 && failures.get() == ids.size());
            assertThat(arrived).doesNotContain(ids.get(0));
            assertThat(warnings()).singleElement().asString().contains(TOLD + "seda:");
        }
    }

    @Test
    void sedaThatIsWaitedForDoesNot() throws Exception {
        try (DefaultCamelContext context = context(
                "", route -> route.to("seda:now?waitForTaskToComplete=Always"), behind -> behind.from("seda:now")
                        .process(sink))) {
            awaitAll();
        }
    }

    @Test
    void anAggregationLosesWhatFailsBehindIt() throws Exception {
        try (DefaultCamelContext context = context(
                "",
                route -> route.aggregate(constant(), AggregationStrategies.groupedBody())
                        .completionSize(5)
                        .process(sink)
                        .end(),
                behind -> {})) {
            await().until(() -> arrived.size() == 15 && failures.get() == 4);
            assertThat(arrived).doesNotContainAnyElementsOf(ids.subList(0, 5));
            assertThat(warnings()).singleElement().asString().contains(TOLD + "aggregate:");
        }
    }

    /** Nor does completionFromBatchConsumer help: the exchange ends before its group does. */
    @Test
    void norDoesTheConsumersBatchHelpAnAggregation() throws Exception {
        try (DefaultCamelContext context = context(
                "",
                route -> route.aggregate(constant(), AggregationStrategies.groupedBody())
                        .completionFromBatchConsumer()
                        .process(sink)
                        .end(),
                behind -> {})) {
            await().until(() -> failures.get() > 0);
            gitpod.simulator().auditLog().add(Entry.at(GitpodTest.HOUR_AGO.plusSeconds(900)));
            await().until(() -> !arrived.isEmpty());
            assertThat(arrived).doesNotContain(ids.get(0));
        }
    }

    @Test
    void aBatchThatIsSplitAndPutTogetherAgainIsSafe() throws Exception {
        try (DefaultCamelContext context = context(
                "&batching=true&pageSize=5",
                route -> route.split()
                        .body()
                        .aggregationStrategy(AggregationStrategies.groupedBody())
                        .stopOnException()
                        .process(exchange -> {})
                        .end()
                        .process(sink),
                behind -> {})) {
            awaitAll();
        }
    }

    @Test
    void threadsAreWaitedFor() throws Exception {
        try (DefaultCamelContext context = context("", route -> route.threads(3).process(sink), behind -> {})) {
            awaitAll();
        }
    }

    @Test
    void aTapAndAResequencerAreToldAlsoBehindDirectAndInABranch() throws Exception {
        try (DefaultCamelContext context = context("", route -> route.to("direct:next"), behind -> {
            behind.from("seda:copies").process(exchange -> {});
            behind.from("direct:next")
                    .choice()
                    .when(behind.constant(true))
                    .wireTap("seda:copies")
                    .end()
                    .end()
                    .resequence(behind.header("CamelGitpodEntryId"))
                    .process(exchange -> {});
        })) {
            assertThat(warnings()).singleElement().asString().contains(TOLD + "wireTap, resequence:");
        }
    }

    /** Each entry has arrived, the refused one at its second attempt, and nothing was to be told. */
    private void awaitAll() {
        await().until(() -> arrived.containsAll(ids));
        assertThat(warnings()).isEmpty();
    }

    private List<String> warnings() {
        return gitpod.logs().warnings().stream()
                .filter(warning -> warning.contains(TOLD))
                .toList();
    }

    private static Expression constant() {
        return Builder.constant(true);
    }

    private DefaultCamelContext context(String options, Consumer<RouteDefinition> steps, Consumer<RouteBuilder> behind)
            throws Exception {
        DefaultCamelContext context = gitpod.context();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                behind.accept(this);
                steps.accept(from("gitpod:auditLogs?from=beginning&initialDelay=0&delay=20ms&stateKey=kept&"
                                + gitpod.state() + options)
                        .routeId("handing-over"));
            }
        });
        context.start();
        return context;
    }
}
