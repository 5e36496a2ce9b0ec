package io.github.camelgitpod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgitpod.model.AuditLogListing;
import io.github.camelgitpod.option.OptionException;
import io.github.camelgitpod.simulator.GitpodSimulator;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a producer takes, and what it refuses at start, with words. */
class ProducerOptionsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            delay=5s                        | Option delay is one of a consumer, not of to(...); allowed: the common ones, actorIds,
            LookBack=5m                     | Option LookBack is one of a consumer, not of to(...); allowed:
            stateDirectory=x                | Option stateDirectory is one of a consumer, not of to(...); allowed:
            scheduler.x=y                   | Option scheduler.x is one of a consumer, not of to(...); allowed:
            idleTimeout=5m                  | Option idleTimeout is one of gitpod:events, not of gitpod:auditLogs; allowed: the common ones, and actorIds, actorPrincipals, from, kinds, limit, operation, sort, subjectIds,
            idleTimeout=5M                  | Option idleTimeout is one of gitpod:events, not of gitpod:auditLogs; allowed:
            limit=-1                        | Option limit=-1; allowed: 0 or more
            limit=ten                       | Option limit=ten is no number that it can have; allowed: a whole number
            sort=up                         | Option sort=up; allowed: desc, asc
            operation=delete                | Option operation=delete; allowed: list, get
            subjectTypes=usr                | Option subjectTypes has the unknown value usr; nearest:
            from=yesterday                  | Option from=yesterday does not say where to begin; allowed: now, beginning
            from=2026-01-02&to=2026-01-01   | Option from=2026-01-02 is not before to=2026-01-01; allowed: from earlier than to
            operation=get&kinds=unspecified | Option kinds=unspecified says nothing to operation=get; allowed: with operation=list
            operation=get&limit=7           | Option limit=7 says nothing to operation=get; allowed: with operation=list
            operation=get&sort=asc          | Option sort=asc says nothing to operation=get; allowed: with operation=list
            baseUrl=http://gitpod.example   | Option baseUrl=http://gitpod.example/ would send the access token in clear; allowed:
            """)
    void whatAProducerDoesNotTakeFailsTheStart(String options, String message) {
        assertThatThrownBy(() -> start("direct:a", "gitpod:auditLogs?accessToken=t&" + options))
                .satisfies(failure -> assertThat(root(failure)).startsWith(message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=5", "operation=list", "SORT=asc"})
    void whatIsForQueriesOnlyIsRefusedByAConsumer(String options) {
        assertThatThrownBy(() -> start("gitpod:auditLogs?accessToken=t&" + options, "direct:a"))
                .satisfies(failure -> assertThat(root(failure))
                        .startsWith("Option " + options.replaceAll("=.*", "")
                                + " is one of a producer, not of from(...); allowed: the common ones, actorIds,"));
    }

    @Test
    void aConsumerIsToldOnlyOfItsOwn() {
        assertThatThrownBy(() -> start("gitpod:auditLogs?accessToken=t&idleTimeout=5m", "direct:a"))
                .satisfies(failure -> assertThat(root(failure))
                        .contains(
                                "Option idleTimeout is one of gitpod:events, not of gitpod:auditLogs",
                                " commitEvery,",
                                " onFilterChange, pageSize,")
                        .doesNotContain("operation", "limit", "sort"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gitpod:events?accessToken=t", "gitpod:events?accessToken=t&environmentId=*"})
    void eventsHaveNoProducer(String uri) {
        assertThatThrownBy(() -> start("direct:a", uri)).satisfies(failure -> assertThat(root(failure))
                .isEqualTo("gitpod:events has no producer; allowed: from(\"gitpod:events\"), or"
                        + " to(\"gitpod:auditLogs\")"));
    }

    @Test
    void whatBothHaveIsTaken() throws Exception {
        String both = "?accessToken=t&from=24h&to=9999-12-31&subjectTypes=user&kinds=unspecified&requestTimeout=5s";

        start("gitpod:auditLogs" + both, "gitpod:auditLogs" + both);
        start("direct:a", "gitpod:auditLogs?accessToken=t&operation=get&exchangePattern=InOut");
    }

    @Test
    void whatIsWrongInOneAddressIsNotSaidOfTheNext() throws Exception {
        try (GitpodSimulator simulator = GitpodSimulator.start();
                DefaultCamelContext context = new DefaultCamelContext()) {
            context.getComponent("gitpod", GitpodComponent.class)
                    .getConfiguration()
                    .setAccessToken(simulator.accessToken());
            context.getComponent("gitpod", GitpodComponent.class)
                    .getConfiguration()
                    .setBaseUrl(simulator.baseUrl());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:a").toD("gitpod:auditLogs${header.options}");
                }
            });
            context.start();
            try (ProducerTemplate template = context.createProducerTemplate()) {
                assertThatThrownBy(() -> template.sendBodyAndHeader("direct:a", "", "options", "?bearerToken=CANARY"))
                        .satisfies(failure -> assertThat(root(failure)).contains("bearerToken"));
                assertThatThrownBy(() -> template.sendBodyAndHeader("direct:a", "", "options", "?sort=up"))
                        .satisfies(failure -> assertThat(root(failure)).startsWith("Option sort=up; allowed"));
                assertThat(template.requestBodyAndHeader("direct:a", "", "options", ""))
                        .isInstanceOf(AuditLogListing.class);
            }
        }
    }

    private static void start(String from, String to) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(from).routeId("route").to(to);
                }
            });
            context.start();
        }
    }

    /** What is wrong in our words, or else what Camel says. */
    private static String root(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OptionException) {
                return cause.getMessage();
            }
        }
        return Throwables.getRootCause(failure).getMessage();
    }
}
