package io.github.camelgitpod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgitpod.option.CommaList;
import io.github.camelgitpod.option.OptionException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.util.List;
import okhttp3.OkHttpClient;
import org.apache.camel.Consumer;
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
    private static final String TOKEN = "accessToken=RAW(t)";

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
            auditLogs?from=s                            | from           | s              | now, beginning
            auditLogs?from=24                           | from           | 24             | 24h
            auditLogs?from=1w                           | from           | 1w             | 24h
            auditLogs?from=24H                          | from           | 24H            | 24h
            auditLogs?from=30D                          | from           | 30D            | 30d
            auditLogs?from=                             | from           | does not say where to begin | now, beginning
            auditLogs?from=2026-11-24T25:00:00Z         | from           | 2026-11-24T25  | RFC 3339
            auditLogs?from=2026-11-24 10:00:00          | from           | 2026-11-24     | RFC 3339
            auditLogs?from=0000-12-31T23:59:59Z         | from           | 0000-12-31     | years 1 to 9999
            auditLogs?from=-0044-03-15                  | from           | -0044-03-15    | years 1 to 9999
            auditLogs?from=PT2000000000000000H          | from           | PT2000000000000000H | at most 36500d
            auditLogs?from=PT2000000000H                | from           | PT2000000000H  | at most 36500d
            auditLogs?from=99999999999999999999d        | from           | 99999999999999999999d | at most 36500d
            auditLogs?pageSize=many                     | pageSize       | many           | a whole number
            auditLogs?breakOnFirstError=maybe           | breakOnFirstError | maybe       | true, false
            auditLogs?to=24h                            | to             | 24h            | RFC 3339
            auditLogs?to=2026-02-30                     | to             | 2026-02-30     | RFC 3339
            auditLogs?to=0000-12-31T23:59:59Z           | to             | 0000-12-31     | years 1 to 9999
            auditLogs?to=                               | to             | is not an instant  | RFC 3339
            auditLogs?from=2026-02-18T10:00:00Z&to=2026-02-18T10:00:00Z | from | 2026-02-18T10:00:00Z | earlier than to
            auditLogs?pageSize=0                        | pageSize       | 0              | 1 to 100
            auditLogs?pageSize=101                      | pageSize       | 101            | 1 to 100
            auditLogs?stateDirectory=                   | stateDirectory | is empty       | or not to set it
            auditLogs?subjectIds=                       | subjectIds     | is empty       | or not to set it
            auditLogs?kinds=                            | kinds          | is empty       | or not to set it
            events?operations=                          | operations     | is empty       | or not to set it
            events?reconcile=                           | reconcile      | is empty       | or not to set it
            events?stateKey=                            | stateKey       | is empty       | or not to set it
            auditLogs?commitEvery=0                     | commitEvery    | 0              | 1 or more
            auditLogs?maxMessagesPerPoll=-1             | maxMessagesPerPoll | -1         | 0 or more
            auditLogs?lookback=soon                     | lookback       | soon           | a duration such as
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
            auditLogs?connectTimeout=25d                | connectTimeout | =25d is out    | 24 days
            auditLogs?maxRetryAfter=-1                  | maxRetryAfter  | -1             | a duration
            auditLogs?maxRetryAfter=5M                  | maxRetryAfter  | 5M             | 1m30s
            auditLogs?lookback=-1                       | lookback       | -1             | a duration
            auditLogs?lookback=-5m                      | lookback       | -5m            | a duration
            auditLogs?lookback=10M                      | lookback       | 10M            | 1m30s
            auditLogs?lookback=abc                      | lookback       | abc            | 1m30s
            auditLogs?lookback=1.5h                     | lookback       | 1.5h           | 1m30s
            auditLogs?lookback=30s1m                    | lookback       | 30s1m          | 1m30s
            auditLogs?lookback=PT0.0001S                | lookback       | PT0.0001S      | 1m30s
            auditLogs?lookback=                         | lookback       | is no duration | 1m30s
            auditLogs?lookback=PT2000000000H            | lookback       | PT2000000000H  | at most 36500d
            auditLogs?lookback=9999999999999999999      | lookback       | 9999999999999999999 | milliseconds
            auditLogs?LOOKBACK=10M                      | LOOKBACK       | 10M            | 1m30s
            auditLogs?sweepInterval=1D                  | sweepInterval  | 1D             | 1m30s
            auditLogs?sweepRange=36501d                 | sweepRange     | 36501d         | at most 36500d
            auditLogs?delay=1M                          | delay          | 1M             | 1m30s
            auditLogs?delay=0                           | delay          | delay=0s       | more than 0
            auditLogs?delay=#bean:pause&timeUnit=SECONDS | delay       | timeUnit=SECONDS would not count | a bean without timeUnit
            auditLogs?delay=#pause&timeUnit=SECONDS     | delay          | timeUnit=SECONDS would not count | a bean without timeUnit
            auditLogs?initialDelay=1M                   | initialDelay   | 1M             | 1m30s
            auditLogs?initialDelay=-1                   | initialDelay   | -1             | 1m30s
            auditLogs?connectTimeout=5M                 | connectTimeout | 5M             | 1m30s
            auditLogs?requestTimeout=2147483648         | requestTimeout | 24d20h31m23s648ms | 24 days
            events?requestTimeout=P25D                  | requestTimeout | 25d            | 24 days
            events?maxConnectionAge=1H                  | maxConnectionAge | 1H           | 1m30s
            events?idleTimeout=5M                       | idleTimeout    | 5M             | 1m30s
            events?maxStall=1M                          | maxStall       | 1M             | 1m30s
            events?reconnectDelay=1S                    | reconnectDelay | 1S             | 1m30s
            events?reconnectDelay=2m                    | maxReconnectDelay | 1m is too short | at least reconnectDelay=2m
            events?maxReconnectDelay=1M                 | maxReconnectDelay | 1M          | 1m30s
            events?LookBack=5m                          | LookBack       | gitpod:auditLogs | allowed: the common ones
            auditLogs?pageSize=4294967297               | pageSize       | 4294967297     | a whole number
            auditLogs?pageSize=1s                       | pageSize       | 1s             | a whole number
            auditLogs?maxRetries=abc                    | maxRetries     | abc            | a whole number
            auditLogs?maxMessagesPerPoll=abc            | maxMessagesPerPoll | abc        | a whole number
            auditLogs?repeatCount=5M                    | repeatCount    | 5M             | a whole number
            auditLogs?backoffMultiplier=abc             | backoffMultiplier | abc         | a whole number
            events?maxStreams=abc                       | maxStreams     | abc            | a whole number
            auditLogs?proxyHost=proxy&proxyPort=70000   | proxyPort      | 70000          | 1 to 65535
            auditLogs?proxyHost=proxy&proxyPort=0       | proxyPort      | 0              | 1 to 65535
            auditLogs?proxyHost=proxy&proxyPort=-1      | proxyPort      | -1             | 1 to 65535
            auditLogs?proxyHost=http://proxy&proxyPort=1 | proxyHost     | http://proxy   | without scheme
            auditLogs?proxyHost=me:pass@proxy&proxyPort=1 | proxyHost    | not shown      | without scheme
            auditLogs?subjectTypes=PRINCIPAL_USER       | subjectTypes   | PRINCIPAL_USER | allowed: account
            auditLogs?actorPrincipals=RESOURCE_TYPE_USER | actorPrincipals | RESOURCE_TYPE_USER | allowed: account
            auditLogs?subjectTypes=RESOURCE_OPERATION_CREATE | subjectTypes | RESOURCE_OPERATION_CREATE | allowed: account
            auditLogs?subjectTypes=RESOURCE_TYPE_UNSPECIFIED | subjectTypes | UNSPECIFIED | nearest:
            auditLogs?kinds=environment_vetoes          | kinds          | environment_vetoes | nearest: environment_veto
            auditLogs?kinds=veto                        | kinds          | veto           | nearest: environment_veto
            events?resourceTypes=env                    | resourceTypes  | env            | nearest: environment,
            auditLogs?resolveNames=true&batching=true   | resolveNames   | batching=true  | one of the two
            auditLogs?includeDetails=some               | includeDetails | some           | false, true, all
            auditLogs?kinds=RESOURCE_TYPE_USER          | kinds          | RESOURCE_TYPE_USER | allowed: resource_change
            auditLogs?subjectTypes=AUDIT_LOG_ENTRY_KIND_CREDENTIAL_ACCESS | subjectTypes | CREDENTIAL_ACCESS | allowed: account
            events?kinds=credential_access              | kinds          | gitpod:auditLogs | allowed: the common ones
            auditLogs?subjectTypes=RESOURCE_TYPE_       | subjectTypes   | RESOURCE_TYPE_ | in full
            events?resourceTypes=PRINCIPAL_USER         | resourceTypes  | PRINCIPAL_USER | allowed: account
            events?operations=RESOURCE_TYPE_USER        | operations     | RESOURCE_TYPE_USER | allowed: create
            auditLogs?sweepRange=0                      | sweepRange     | 0              | more than 0
            auditLogs?concurrentRequests=17             | concurrentRequests | 17         | 1 to 16
            auditLogs?proxyHost=proxy                   | proxyHost      | proxy          | both or none
            auditLogs?baseUrl=http://gitpod.example/api | baseUrl        | http://gitpod.example/api | https
            auditLogs?baseUrl=http://127.evil.example/  | baseUrl        | 127.evil.example | https
            events?baseUrl=http://gitpod.example/api    | baseUrl        | http://gitpod.example/api | allowInsecureHttp
            auditLogs?baseUrl=gitpod.example            | baseUrl        | gitpod.example | http or https URL
            auditLogs?baseUrl=https://me@gitpod.example | baseUrl        | not shown      | without user
            """)
    void failsTheStart(String endpoint, String option, String value, String allowed) {
        assertThatThrownBy(() -> start("gitpod:" + endpoint + (endpoint.contains("?") ? "&" : "?") + TOKEN))
                .satisfies(failure -> {
                    String[] parts = messageOf(failure).split("; allowed: ", 2);
                    assertThat(parts).as(messageOf(failure)).hasSize(2);
                    assertThat(parts[0]).contains(option, value);
                    assertThat(messageOf(failure)).contains(allowed);
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            auditLogs?subjectTypess=user   | Option subjectTypess is unknown  | nearest: subjectTypes, subjectIds,
            auditLogs?bearerToken=RAW(a+b) | Option bearerToken is unknown    | nearest: accessToken,
            events?accessTokn=x            | Option accessTokn is unknown     | nearest: accessToken,
            auditLogs?stateDir=x           | Option stateDir is unknown       | nearest: stateDirectory,
            auditLogs?token=x              | Option token is unknown          | accessToken
            events?MAXSTREAM=1&idel=2      | Option MAXSTREAM, idel are unknown | maxStreams,
            """)
    void anUnknownOptionIsNamedWithItsNearestNames(String endpoint, String option, String nearest) {
        assertThatThrownBy(() -> start("gitpod:" + endpoint + "&" + TOKEN))
                .satisfies(failure ->
                        assertThat(messageOf(failure)).startsWith(option).contains(nearest));
    }

    @Test
    void aNameThatMayBeAPieceOfTheTokenIsNotShownAndRawIsNamed() {
        assertThatThrownBy(() -> start("gitpod:auditLogs?accessToken=abc&def=ghi"))
                .satisfies(failure -> assertThat(messageOf(failure))
                        .startsWith("Option (not shown: it may be a piece of accessToken) is unknown; allowed:"
                                + " accessToken=RAW(token) where the token has an &; the options"));
        assertThatThrownBy(() -> start("gitpod:auditLogs?accessToken=RAW(abc&def=ghi)&def=ghi"))
                .satisfies(failure -> assertThat(messageOf(failure)).startsWith("Option def is unknown"));
        assertThatThrownBy(() -> start("gitpod:auditLogs?accessToken=RAW(abc&def"))
                .satisfies(failure -> assertThat(messageOf(failure))
                        .startsWith("Option accessToken begins with RAW and a bracket that is not closed"));
        assertThatThrownBy(() -> start("gitpod:auditLogs?accessToken=RAW(abc)def)"))
                .satisfies(failure -> assertThat(messageOf(failure)).contains("RAW{token}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gitpod", "gitpod:?" + TOKEN})
    void withoutAResourceTheResourcesAreNamed(String uri) {
        assertThatThrownBy(() -> start(uri)).satisfies(failure -> assertThat(messageOf(failure))
                .isEqualTo("No resource after gitpod:; allowed: gitpod:auditLogs, gitpod:events"));
    }

    @Test
    void aMissingBeanIsSaidToBeMissing() {
        for (String reference : List.of("#bean:cursors", "#cursors")) {
            assertThatThrownBy(() -> start("gitpod:auditLogs?stateRepository=" + reference + "&" + TOKEN))
                    .satisfies(failure -> assertThat(messageOf(failure))
                            .startsWith("Option stateRepository=" + reference + " names a bean that is not in the"
                                    + " registry; allowed: a StateRepository"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auditLogs", "events"})
    void aProxyElsewhereIsNotToldATokenForThisMachineInClear(String resource) throws Exception {
        String here = "gitpod:" + resource + "?baseUrl=http://127.0.0.1:1/api&" + TOKEN;
        assertRefusesTheProxy(here + "&proxyHost=proxy.example&proxyPort=3128");
        start(here + "&proxyHost=localhost&proxyPort=1");
        start(here + "&proxyHost=proxy.example&proxyPort=3128&allowInsecureHttp=true");
        start("gitpod:" + resource + "?baseUrl=https://127.0.0.1:1/api&proxyHost=proxy.example&proxyPort=3128&"
                + TOKEN);

        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(ProxySelector.of(InetSocketAddress.createUnresolved("proxy.example", 3128)));
        try {
            assertRefusesTheProxy(here);
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    @Test
    void aProxyOfTheUsersOwnClientCountsToo() throws Exception {
        Proxy proxy = new Proxy(Proxy.Type.SOCKS, InetSocketAddress.createUnresolved("proxy.example", 3128));
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            GitpodConfiguration options =
                    context.getComponent("gitpod", GitpodComponent.class).getConfiguration();
            options.setHttpClient(new OkHttpClient.Builder().proxy(proxy).build());
            options.setBaseUrl("http://[::1]:1/api");
            options.setAccessToken("t");
            Consumer consumer = context.getEndpoint("gitpod:events").createConsumer(exchange -> {});

            assertThatThrownBy(consumer::start).hasMessageContaining("in clear to the proxy proxy.example:3128");
        }
    }

    private static void assertRefusesTheProxy(String uri) {
        assertThatThrownBy(() -> start(uri)).satisfies(failure -> assertThat(messageOf(failure))
                .contains(
                        "baseUrl=http://127.0.0.1:1/api",
                        "in clear to the proxy proxy.example:3128",
                        "allowInsecureHttp"));
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

    /** What the component says, without what Camel says around it. */
    private static String messageOf(Throwable failure) {
        Throwable cause = failure;
        while (!(cause instanceof OptionException) && cause.getClass() != IllegalArgumentException.class) {
            assertThat(cause).as("a message of ours").hasCauseInstanceOf(Throwable.class);
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
