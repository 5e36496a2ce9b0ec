package io.github.camelgitpod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgitpod.option.CommaList;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each wrong option fails the start, with a message that names the option, its value, and what is allowed. */
class BadInputTest {
    private static final String TOKEN = "accessToken=t";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            auditLogs?subjectTypes=user_secrt           | subjectTypes   | user_secrt     | nearest: user_secret
            auditLogs?actorPrincipals=person            | actorPrincipals| person         | allowed: account
            auditLogs?actorIds=bob                      | actorIds       | bob            | allowed: UUIDs
            auditLogs?subjectIds=1-1-1-1-1              | subjectIds     | 1-1-1-1-1      | allowed: UUIDs
            auditLogs?subjectTypes=user,,group          | subjectTypes   | user,,group    | single commas
            auditLogs?from=yesterday                    | from           | yesterday      | now, beginning
            auditLogs?from=-5m                          | from           | -5m            | now, beginning
            auditLogs?from=P-30D                        | from           | P-30D          | now, beginning
            auditLogs?pageSize=many                     | pageSize       | many           | a whole number
            auditLogs?breakOnFirstError=maybe           | breakOnFirstError | maybe       | true, false
            auditLogs?to=2026-02-18                     | to             | 2026-02-18     | RFC 3339
            auditLogs?from=2026-02-18T10:00:00Z&to=2026-02-18T10:00:00Z | from | 2026-02-18T10:00:00Z | earlier than to
            auditLogs?pageSize=0                        | pageSize       | 0              | 1 to 100
            auditLogs?pageSize=101                      | pageSize       | 101            | 1 to 100
            auditLogs?commitEvery=0                     | commitEvery    | 0              | 1 or more
            auditLogs?maxMessagesPerPoll=-1             | maxMessagesPerPoll | -1         | 0 or more
            auditLogs?lookback=soon                     | lookback       | soon           | a duration such as 30s
            auditLogs?organization=true                 | organization   | gitpod:events  | allowed: the common ones
            auditLogs?reconnectDelay=1s                 | reconnectDelay | gitpod:events  | allowed: the common ones
            auditLogs?onFilterChange=ignore             | onFilterChange | ignore         | fail, keep, reset
            events?subjectTypes=user                    | subjectTypes   | gitpod:auditLogs | allowed: the common ones
            events?delay=5s                             | delay          | gitpod:auditLogs | allowed: the common ones
            events?scheduler.x=y                        | scheduler.x    | gitpod:auditLogs | allowed: the common ones
            events?lookback=5m                          | lookback       | gitpod:auditLogs | allowed: the common ones
            audit-logs                                  | resource       | gitpod:audit-logs | gitpod:auditLogs, gitpod:events
            logs                                        | resource       | gitpod:logs    | gitpod:auditLogs, gitpod:events
            auditLogs?maxRetries=-1                     | maxRetries     | -1             | 0 or more
            auditLogs?requestTimeout=0                  | requestTimeout | 0              | 1 ms
            auditLogs?connectTimeout=25d                | connectTimeout | 2160000000     | 24 days
            auditLogs?maxRetryAfter=-1                  | maxRetryAfter  | -1             | 0 or more
            auditLogs?lookback=-1                       | lookback       | -1             | 0 or more
            auditLogs?sweepRange=0                      | sweepRange     | 0              | more than 0
            auditLogs?concurrentRequests=17             | concurrentRequests | 17         | 1 to 16
            auditLogs?proxyHost=proxy                   | proxyHost      | proxy          | both or none
            auditLogs?baseUrl=http://gitpod.example/api | baseUrl        | http://gitpod.example/api | https
            auditLogs?baseUrl=http://127.evil.example/  | baseUrl        | 127.evil.example | https
            events?baseUrl=http://gitpod.example/api    | baseUrl        | http://gitpod.example/api | allowInsecureHttp
            auditLogs?baseUrl=gitpod.example            | baseUrl        | gitpod.example | http or https URL
            auditLogs?baseUrl=https://me@gitpod.example | baseUrl        | me@            | without user
            """)
    void failsTheStart(String endpoint, String option, String value, String allowed) {
        assertThatThrownBy(() -> start("gitpod:" + endpoint + (endpoint.contains("?") ? "&" : "?") + TOKEN))
                .satisfies(failure -> {
                    String[] parts = messageOf(failure).split(";", 2);
                    assertThat(parts).as(messageOf(failure)).hasSize(2);
                    assertThat(parts[0]).contains(option, value);
                    assertThat(parts[1]).contains(allowed);
                });
    }

    @Test
    void anUnknownOptionIsRefusedByCamel() {
        assertThatThrownBy(() -> start("gitpod:auditLogs?subjectTypess=user&" + TOKEN))
                .hasMessageContaining("Unknown parameters=[{subjectTypess=user}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auditLogs", "events"})
    void aMissingTokenNamesTheOptionAndTheVariables(String resource) {
        assertThatThrownBy(() -> start("gitpod:" + resource)).satisfies(failure -> assertThat(messageOf(failure))
                .contains("accessToken", "service-account token", "GITPOD_API_KEY", "ONA_API_KEY", "ONA_TOKEN"));
    }

    @Test
    void aTokenThatCannotBeSentIsNotShown() {
        assertThatThrownBy(() -> start("gitpod:auditLogs?accessToken=RAW(canary token)"))
                .satisfies(failure -> {
                    assertThat(messageOf(failure)).contains("accessToken");
                    assertThat(Throwables.getStackTrace(failure)).doesNotContain("canary");
                });
    }

    @Test
    void twoPlacesForOneCursorAreRefused() {
        assertThatThrownBy(
                        () -> start("gitpod:auditLogs?" + TOKEN + "&stateDirectory=data&stateRepository=#bean:state"))
                .satisfies(
                        failure -> assertThat(messageOf(failure)).contains("stateRepository", "stateDirectory=data"));
    }

    @Test
    void aProducerIsRefused() {
        assertThatThrownBy(() -> {
                    try (DefaultCamelContext context = new DefaultCamelContext()) {
                        context.getEndpoint("gitpod:events?" + TOKEN).createProducer();
                    }
                })
                .hasMessageContaining("gitpod:events");
    }

    @Test
    void aRepeatedOptionIsAListToo() {
        assertThat(CommaList.parse("subjectTypes", "[user, group]")).isEqualTo(List.of("user", "group"));
    }

    /** What the component says. Camel adds the URI, and with it every option and value. */
    private static String messageOf(Throwable failure) {
        Throwable cause = failure;
        while (cause.getClass() != IllegalArgumentException.class) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }

    private static void start(String uri) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            // The developer's own environment must not lend the test a token.
            ((PropertiesComponent) context.getPropertiesComponent())
                    .setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
            context.getRegistry().bind("state", new MemoryStateRepository());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(uri).to("mock:nothing");
                }
            });
            context.start();
        }
    }
}
