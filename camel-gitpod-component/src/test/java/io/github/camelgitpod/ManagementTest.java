package io.github.camelgitpod;

import static io.github.camelgitpod.testing.GitpodTest.HOUR_AGO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.auditlog.AuditLogConsumer;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cursor from outside: over JMX, and under which key it is kept. */
class ManagementTest {

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();

    private final List<String> ids = gitpod.entries(30);

    @Test
    void theConsumersBeanShowsTheCursorReadsItAndResetsIt() throws Exception {
        AuditLogRoute route =
                gitpod.auditLogs("from=beginning&" + gitpod.state()).start();
        route.delivered(30).polled();
        ObjectName bean = bean(route);
        assertThat(attribute(route, bean, "DeliveredEntries")).isEqualTo(30L);
        assertThat(attribute(route, bean, "NewestDelivered"))
                .isEqualTo(HOUR_AGO.plusSeconds(29).toString());
        assertThat(Instant.parse((String) attribute(route, bean, "Watermark")))
                .isBetween(HOUR_AGO.plusSeconds(29), Instant.now());
        assertThat(attribute(route, bean, "ServerCapability")).isEqualTo("MODERN");
        assertThat(attribute(route, bean, "LateEntries")).isEqualTo(0L);
        assertThat(attribute(route, bean, "EntriesBeyondLookback")).isEqualTo(0L);
        assertThat((String) attribute(route, bean, "Lateness")).startsWith("<=PT10S: 0");
        assertThat(attribute(route, bean, "RememberedIds"))
                .as("of the newest entry")
                .isEqualTo(1);
        assertThat(attribute(route, bean, "ClockDisagreements")).isEqualTo(0L);
        assertThat(attribute(route, bean, "ClockDisagreement")).isNull();
        // Camel's own are there as well.
        assertThat(attribute(route, bean, "Delay")).isEqualTo(20L);
        assertThat((String) invoke(route, bean, "readCursor"))
                .contains("\"L\":\"" + attribute(route, bean, "NewestDelivered"));

        invoke(route, bean, "resetCursor", HOUR_AGO.plusSeconds(20).toString());
        route.delivered(40).polled();
        assertThat(route.ids().subList(30, 40)).containsExactlyElementsOf(ids.subList(20, 30));
    }

    @Test
    void theCoverageReportIsKeptWithTheCursor() throws Exception {
        String options = "from=beginning&" + gitpod.state();
        String sentence;
        try (AuditLogRoute route = gitpod.auditLogs(options)) {
            route.context().setAutoStartup(false);
            route.start();
            assertThat(route.consumer().coverageReport()).isEqualTo("nothing was read yet");
            route.context().getRouteController().startAllRoutes();
            route.delivered(30).polled();
            String report = (String) invoke(route, bean(route), "coverageReport");
            assertThat(report)
                    .startsWith("complete from the beginning of the log to ")
                    .contains(": 30 entries, of them 0 late, ", "; not complete: nothing is known to be missing\n")
                    .contains("What was read: organization ", " at http://");
            sentence = report.lines().findFirst().orElseThrow();
        }
        simulator.trouble().on("ListAuditLogs").respond(403, "permission_denied", "not for you");
        try (AuditLogRoute route = gitpod.auditLogs(options).start()) {
            await().until(() -> !route.failures().isEmpty());
            assertThat((String) invoke(route, bean(route), "coverageReport"))
                    .as("of the next process")
                    .contains("30 entries, of them 0 late, ", ". Now it is not read: ")
                    .startsWith(sentence.substring(0, "complete from the beginning of the log to".length()));
        }
    }

    /** As the page operate.adoc shows it. */
    @Test
    void aRouteOfItsOwnCanSendTheReportWithoutCode() throws Exception {
        AuditLogRoute route = gitpod.auditLogs("from=beginning").start();
        route.delivered(30).polled();
        CompletableFuture<String> sent = new CompletableFuture<>();
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("timer:coverage?repeatCount=1&delay=0")
                        .setHeader(
                                "coverage",
                                simple("${camelContext.getComponent('gitpod').consumer('audit')?.coverageReport}"))
                        .process(exchange -> sent.complete(exchange.getMessage().getHeader("coverage", String.class)));
            }
        });

        assertThat(sent)
                .succeedsWithin(Duration.ofSeconds(20))
                .asString()
                .startsWith("complete from the beginning of the log to ")
                .contains(": 30 entries");
    }

    @Test
    void aPollCanBeAskedForAtOnceAlsoWhileOneRuns() throws Exception {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        AuditLogRoute route = gitpod.auditLogs("from=beginning&startScheduler=false")
                .doing(exchange -> mayGoOn.await())
                .start();

        invoke(route, bean(route), "pollNow");
        route.delivered(1);
        invoke(route, bean(route), "pollNow");
        invoke(route, bean(route), "pollNow");
        mayGoOn.countDown();
        route.delivered(30);
        long requests = route.consumer().getRequests();
        invoke(route, bean(route), "pollNow");
        await().until(() -> route.consumer().getRequests() > requests);
        assertThat(route.ids()).containsExactlyElementsOf(ids);

        route.context().getRouteController().suspendRoute("audit");
        assertThatThrownBy(() -> route.consumer().pollNow())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is suspended or stopped");
    }

    @Test
    void theDevConsoleShowsWhatJmxShows() throws Exception {
        AuditLogRoute route = gitpod.auditLogs("from=beginning").start();
        route.delivered(30).polled();
        DevConsole console = PluginHelper.getDevConsoleResolver(route.context()).resolveDevConsole("gitpod");

        Map<?, ?> json = (Map<?, ?>) console.call(DevConsole.MediaType.JSON, Map.of());
        Map<?, ?> audit = (Map<?, ?>) ((Map<?, ?>) json.get("consumers")).get("audit");
        assertThat(audit.get("HealthState")).isEqualTo("CURRENT");
        assertThat(audit.get("DeliveredEntries")).isEqualTo(30L);
        assertThat(audit.get("Coverage")).asList().first().asString().startsWith("complete from the beginning");
        assertThat((String) console.call(DevConsole.MediaType.TEXT, Map.of()))
                .startsWith("Route audit:\n")
                .contains("    DeliveredEntries: 30\n", "    Coverage: complete from the beginning of the log to ")
                .doesNotContain(simulator.accessToken());
    }

    @Test
    void aResetToADateIsToItsMidnightInUtc() throws Exception {
        AuditLogRoute route = gitpod.auditLogs("from=beginning").start();
        route.delivered(30).polled();

        invoke(route, bean(route), "resetCursor", "2020-02-29");
        route.delivered(60).polled();
        assertThat(route.ids().subList(30, 60)).containsExactlyElementsOf(ids);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "", "24", "1w", "2026-02-30", "-0044-03-15", "PT2000000000000000H"})
    void aResetToNoPositionIsRefusedAndChangesNothing(String position) throws Exception {
        AuditLogRoute route = gitpod.auditLogs("from=beginning").start();
        route.delivered(30).polled();

        assertThatThrownBy(() -> invoke(route, bean(route), "resetCursor", position))
                .rootCause()
                .hasMessageStartingWith(
                        "Option position=" + position + " does not say where to begin; allowed: now, beginning,");
        route.polled();
        assertThat(route.exchanges()).hasSize(30);
        assertThat(gitpod.logs().warnings()).noneMatch(line -> line.contains("is reset"));
    }

    @Test
    void aResetIntoTheFutureIsTold() throws Exception {
        AuditLogRoute route = gitpod.auditLogs("from=beginning").start();
        route.delivered(30).polled();

        invoke(route, bean(route), "resetCursor", "9999-12-31");
        assertThat(gitpod.logs().warnings())
                .anyMatch(line -> line.contains("begins in the future, at 9999-12-31T00:00:00Z"));
    }

    @Test
    void beforeTheStartItSaysThatItIsNotStarted() throws Exception {
        AuditLogRoute route = gitpod.auditLogs("from=beginning");
        route.context().setAutoStartup(false);
        route.start();
        AuditLogConsumer consumer = route.consumer();

        assertThatThrownBy(consumer::readCursor)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not started");
        assertThatThrownBy(() -> consumer.resetCursor("now"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not started");
    }

    @Test
    void aResetWhileSuspendedHoldsAfterwards() throws Exception {
        AuditLogRoute route = gitpod.auditLogs("from=beginning").start();
        route.delivered(30).polled();
        route.context().getRouteController().suspendRoute("audit");
        invoke(route, bean(route), "resetCursor", "beginning");
        route.context().getRouteController().resumeRoute("audit");
        route.delivered(60).polled();
        assertThat(route.ids().subList(30, 60)).containsExactlyElementsOf(ids);
    }

    @ParameterizedTest
    @ValueSource(strings = {"my key", "team/audit", "../up", "a=b", "tür %41"})
    void aKeyMayHoldAnything(String key) throws Exception {
        Path state = gitpod.directory().resolve("state");
        String options = "from=beginning&stateKey=RAW(" + key + ")&" + "stateDirectory=" + state;
        try (AuditLogRoute route = gitpod.auditLogs(options).start()) {
            route.delivered(30).polled();
        }
        try (AuditLogRoute route = gitpod.auditLogs(options).start()) {
            route.polled();
            assertThat(route.exchanges()).isEmpty();
        }
        try (Stream<Path> files = Files.list(gitpod.directory())) {
            assertThat(files).containsExactly(state);
        }
    }

    @Test
    void twoRoutesWithOneDirectoryHaveACursorEach() throws Exception {
        AuditLogRoute route = gitpod.auditLogs("from=beginning&" + gitpod.state());
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(route.uri() + "&pageSize=50").routeId("other").to("mock:other");
            }
        });
        route.start();
        route.delivered(30).polled();
        await().until(() ->
                ((AuditLogConsumer) route.context().getRoute("other").getConsumer()).getDeliveredEntries() == 30);
        assertThat(route.ids()).containsExactlyElementsOf(ids);
    }

    @Test
    void twoRoutesOfOneUriAreRefusedByCamel() throws Exception {
        AuditLogRoute route = gitpod.auditLogs("from=beginning");
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(route.uri()).routeId("other").to("mock:other");
            }
        });
        assertThatThrownBy(route::start).hasMessageContaining("Multiple consumers for the same endpoint");
    }

    private static ObjectName bean(AuditLogRoute route) throws Exception {
        Set<ObjectName> names = server(route).queryNames(new ObjectName("org.apache.camel:type=consumers,*"), null);
        assertThat(names).hasSize(1);
        return names.iterator().next();
    }

    private static Object attribute(AuditLogRoute route, ObjectName bean, String name) throws Exception {
        return server(route).getAttribute(bean, name);
    }

    private static Object invoke(AuditLogRoute route, ObjectName bean, String operation, String... arguments)
            throws Exception {
        String[] types =
                Stream.of(arguments).map(argument -> String.class.getName()).toArray(String[]::new);
        return server(route).invoke(bean, operation, arguments, types);
    }

    private static MBeanServer server(AuditLogRoute route) {
        return route.context().getManagementStrategy().getManagementAgent().getMBeanServer();
    }
}
