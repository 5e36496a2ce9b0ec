package io.github.camelgitpod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.testing.GitpodTest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckAware;
import org.apache.camel.impl.DefaultCamelContext;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** The token appears nowhere: a canary that is looked for in everything a route shows of itself. */
@Tag("T23")
class SecretsTest {
    private static final String CANARY = "canary-7f3a9c51-token";

    /** In these each {@code @} that stands alone is the token. */
    private static final List<String> REFUSED = List.of(
            "auditLogs?bearerToken=RAW(@)",
            "auditLogs?token=@",
            "events?apiKey=@",
            "events?accessTokn=@",
            "auditLogs?ACCESS_TOKEN=@",
            "auditLogs?accessTokn=#bean:@",
            "auditLogs?lookback=10M&accessTokn=@",
            "auditLogs?timeUnit=x&accessTokn=@",
            "events?lookback=5m&accessTokn=@",
            "logs?accessTokn=@",
            "?accessTokn=@",
            "auditLogs?accessToken=#bean:@",
            "auditLogs?accessToken=RAW(@ b)",
            "auditLogs?accessToken=abc&@=ghi",
            "auditLogs?accessToken=abc&def=@",
            "events?accessToken=abc&@",
            "events?lookbak=1&accessToken=abc&@==",
            "auditLogs?access-token=abc&@=ghi",
            "auditLogs?accessToken=RAW(abc&@",
            "auditLogs?accessToken=RAW(abc&@=x",
            "auditLogs?accessToken=RAW(abc)@)",
            "auditLogs?accessToken=RAW(abc)&@=x)",
            "auditLogs?accessToken=RAW(abc)&@&x)&delay=5s",
            "auditLogs?accessToken=RAW{abc&@",
            "auditLogs?baseUrl=https://@@gitpod.example/api",
            "events?baseUrl=https://:@@gitpod.example/api",
            "auditLogs?baseUrl=https://me:@@gitpod.example:99999/api",
            "auditLogs?baseUrl=https://gitpod.example/api%3Fkey=@",
            "auditLogs?baseUrl=https://gitpod.example/api%23@",
            "events?proxyPort=1&proxyHost=me:@@proxy.example");

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest(GitpodSimulator.builder().accessToken(CANARY));

    private final GitpodSimulator simulator = gitpod.simulator();
    private final DefaultCamelContext context = gitpod.context();

    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private final Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
    private final AppenderBase<ILoggingEvent> recorder = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            seen.add(event.getLoggerName() + " " + event.getFormattedMessage());
            if (event.getThrowableProxy() != null) {
                seen.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
    };
    private final Level level = root.getLevel();
    private final Appender<ILoggingEvent> console = root.getAppender("STDOUT");

    @BeforeEach
    void recordLogs() {
        recorder.start();
        root.detachAppender(console);
        root.addAppender(recorder);
    }

    @AfterEach
    void stopRecording() {
        root.detachAppender(recorder);
        root.addAppender(console);
        root.setLevel(level);
    }

    @Test
    void aTokenOfTheComponentAppearsNowhereAtTrace() throws Exception {
        root.setLevel(Level.TRACE);
        runThroughEverything("");

        assertThat(seen).noneMatch(text -> text.contains(CANARY));
    }

    @Test
    void aTokenInTheUriAppearsNowhereAtDebug() throws Exception {
        // At trace level Camel itself logs the options of a URI as they are.
        root.setLevel(Level.DEBUG);
        runThroughEverything("&accessToken=RAW(" + CANARY + ")");

        assertThat(seen).noneMatch(text -> text.contains(CANARY)).anyMatch(text -> text.contains("accessToken=xxxxxx"));
    }

    @Test
    void whatIsRefusedIsNotShownIfItMayBeASecret() throws Exception {
        root.setLevel(Level.INFO);
        for (String endpoint : REFUSED) {
            assertRefusedWithoutShowingIt(null, "gitpod:" + endpoint.replaceFirst("@", CANARY), endpoint);
        }
    }

    @Test
    void aTokenOfTheComponentThatCannotBeUsedIsNotShown() throws Exception {
        root.setLevel(Level.INFO);
        for (String token : List.of("{{@", "@{{", "@{{no.such.property}}", "{{@}}", "@ b")) {
            assertRefusedWithoutShowingIt(token.replace("@", CANARY), "gitpod:events", token);
        }
    }

    private void assertRefusedWithoutShowingIt(String token, String uri, String input) throws Exception {
        seen.clear();
        try (DefaultCamelContext refusing = new DefaultCamelContext()) {
            refusing.getComponent("gitpod", GitpodComponent.class)
                    .getConfiguration()
                    .setAccessToken(token);
            refusing.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(uri).to("mock:nothing");
                }
            });
            assertThatThrownBy(refusing::start)
                    .as(input)
                    .satisfies(failure -> seen.add(Throwables.getStackTrace(failure)));
        }
        assertThat(seen)
                .as(input)
                .noneMatch(text -> text.contains(CANARY))
                .anyMatch(text -> text.contains("; allowed: "));
    }

    private void runThroughEverything(String token) throws Exception {
        simulator.auditLog().add(Entry.at(simulator.now().minusSeconds(60)));
        if (!token.isEmpty()) {
            context.getComponent("gitpod", GitpodComponent.class)
                    .getConfiguration()
                    .setAccessToken(null);
        }
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("gitpod:auditLogs?initialDelay=0&delay=50ms&from=beginning&" + gitpod.state() + token)
                        .routeId("audit")
                        .process(SecretsTest.this::record)
                        .log("${headers} ${exchange.allProperties} ${body}");
                from("gitpod:events?reconnectDelay=10ms&maxReconnectDelay=50ms" + token)
                        .routeId("events")
                        .process(SecretsTest.this::record)
                        .log("${headers} ${exchange.allProperties} ${body}");
            }
        });
        context.start();
        await().until(() -> simulator.eventStreams().open() == 1);
        simulator
                .eventStreams()
                .publish("RESOURCE_OPERATION_CREATE", "RESOURCE_TYPE_PROJECT", simulator.organizationId());
        await().until(() -> simulator.requests().count("ListAuditLogs") > 2);
        recordManagement();

        // Everything goes wrong, and the server repeats the token in what it says.
        simulator.trouble().on("*").times(4).respond(500, "internal", "no such token: " + CANARY);
        simulator.eventStreams().resetAll();
        await().until(() -> seen.stream().anyMatch(text -> text.contains("no such token: xxxxxx")));
        simulator.trouble().clear();
        simulator.trouble().on("*").times(4).redirect(307, "https://elsewhere.example/api");
        simulator.eventStreams().cutAll();
        await().until(() -> seen.stream().anyMatch(text -> text.contains("307")));
        simulator.rotateAccessToken("another-token");
        simulator.eventStreams().endAll();
        await().until(() -> seen.stream().anyMatch(line -> line.contains("401")));
        recordManagement();
        await().until(() -> {
            recordHealth("audit");
            recordHealth("events");
            return seen.stream().anyMatch(line -> line.contains("http.response.code=401"));
        });
        context.stop();
        try (Stream<Path> files = Files.walk(gitpod.directory())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                seen.add(file + Files.readString(file));
            }
        }
        // What the search for the token passes through: log, messages, management, health and files.
        assertThat(seen)
                .anyMatch(text -> text.startsWith("audit ") && text.contains("CamelGitpodEntryId"))
                .anyMatch(text -> text.contains("no such token: xxxxxx"))
                .anyMatch(text -> text.contains("StreamState="))
                .anyMatch(text -> text.contains("http.response.code=401"))
                .anyMatch(text -> text.contains("audit%2FauditLogs.state"));
    }

    private void record(Exchange exchange) throws IOException {
        seen.add(exchange.getMessage().getHeaders().toString());
        seen.add(exchange.getAllProperties().toString());
        seen.add(exchange.getMessage().getBody() + " " + exchange.getFromEndpoint());
    }

    private void recordHealth(String route) {
        HealthCheck.Result result = ((HealthCheckAware) context.getRoute(route).getConsumer())
                .getHealthCheck()
                .call(Map.of(HealthCheck.CHECK_KIND, HealthCheck.Kind.READINESS));
        seen.add(result.getMessage() + " " + result.getDetails());
        result.getError().ifPresent(error -> {
            StringWriter trace = new StringWriter();
            error.printStackTrace(new PrintWriter(trace));
            seen.add(trace.toString());
        });
    }

    private void recordManagement() throws JMException {
        MBeanServer server =
                context.getManagementStrategy().getManagementAgent().getMBeanServer();
        for (ObjectName name : server.queryNames(new ObjectName("org.apache.camel:*"), null)) {
            seen.add(name.toString());
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                if (attribute.isReadable()) {
                    seen.add(name + " " + attribute.getName() + "=" + server.getAttribute(name, attribute.getName()));
                }
            }
        }
    }
}
