package io.github.camelgitpod.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.GitpodComponent;
import io.github.camelgitpod.GitpodDevConsole;
import io.github.camelgitpod.auditlog.AuditLogConsumer;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.state.JdbcStateRepository;
import io.github.camelgitpod.testing.Election;
import io.github.camelgitpod.testing.GitpodTest;
import io.github.camelgitpod.testing.MemoryDatabase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A consumer behind {@code master:} is seen where it runs, as one that a route names; elsewhere the route says that it stands by. */
@Tag("camel-master")
@Timeout(60)
class MasterTest {
    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();
    private final Election election = new Election();
    private final Machine one = new Machine();
    private final Machine other = new Machine();

    @BeforeEach
    void fill() {
        gitpod.entries(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auditLogs?from=beginning&delay=20ms&initialDelay=0&", "events?"})
    void whoLeadsShowsItsConsumerAndTheOthersStandBy(String resource) throws Exception {
        one.start(resource + gitpod.state());
        other.start(resource + gitpod.state());
        one.standsBy();
        other.standsBy();

        election.lead(one.service);
        one.is("CURRENT");
        other.standsBy();

        election.lead(other.service);
        other.is("CURRENT");
        one.standsBy();

        election.lead(null);
        one.standsBy();
        other.standsBy();
    }

    @Test
    void whereItRunsItIsSeenAsOneThatTheRouteNames() throws Exception {
        one.start("auditLogs?from=beginning&delay=20ms&initialDelay=0&stateKey=led");
        GitpodComponent component = one.context.getComponent("gitpod", GitpodComponent.class);
        assertThat(component.consumer("led")).isNull();
        election.lead(one.service);
        one.is("CURRENT");
        assertThat(one.health().getDetails()).containsKeys("gitpod.watermark", "gitpod.lastSuccessAt");

        ObjectName bean = one.bean().orElseThrow();
        assertThat(BEANS.getAttribute(bean, "DeliveredEntries")).isEqualTo(10L);
        assertThat(BEANS.getAttribute(bean, "RouteId")).isEqualTo("led");
        assertThat(BEANS.getAttribute(bean, "HealthState")).isEqualTo("CURRENT");
        assertThat(BEANS.invoke(bean, "coverageReport", null, null))
                .asString()
                .startsWith("complete from the beginning of the log");
        BEANS.invoke(bean, "pollNow", null, null);
        assertThat(((AuditLogConsumer) component.consumer("led")).coverageReport())
                .contains(": 10 entries");
        assertThat(component.consumer("another")).isNull();

        simulator.trouble().on("ListAuditLogs").respond(401, "unauthenticated", "revoked");
        one.is("UNAUTHORIZED");
        assertThat(one.health().getState()).isEqualTo(HealthCheck.State.DOWN);
    }

    @Test
    void aRouteThatIsStoppedShowsNothing() throws Exception {
        one.start("events");
        one.context.getRouteController().stopRoute("led");
        one.showsNothing();
        one.context.getRouteController().startRoute("led");
        one.standsBy();

        election.lead(one.service);
        one.is("CURRENT");
        one.context.getRouteController().stopRoute("led");
        one.showsNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auditLogs?", "events?"})
    void aConsumerThatCannotBeStartedIsNoStandby(String resource) throws Exception {
        one.configure = component -> component.getConfiguration().setAccessToken(null);
        one.start(resource + gitpod.state() + "&stateKey=led");
        one.standsBy();

        election.lead(one.service);
        one.is("FAILED");
        assertThat(one.health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(one.health().getDetails().get("gitpod.lastError")).asString().contains("accessToken");
        assertThat(one.bean()).isEmpty();

        one.context
                .getComponent("gitpod", GitpodComponent.class)
                .getConfiguration()
                .setAccessToken("secret");
        simulator.accessToken();
        election.lead(null);
        one.standsBy();
    }

    /** Camel starts a consumer a second after its machine was told that it leads, and does not look again whether it does. */
    @Test
    void ofTwoThatAreStartedSinceOneLedTooBrieflyOneStandsBy() throws Exception {
        JdbcStateRepository shared = new JdbcStateRepository(MemoryDatabase.create());
        for (Machine machine : List.of(one, other)) {
            machine.context.getRegistry().bind("shared", shared);
            machine.start("auditLogs?from=beginning&delay=20ms&initialDelay=0&stateKey=led&stateRepository=#shared");
        }
        election.lead(one.service);
        election.lead(other.service);

        await().until(() -> one.bean().isPresent() && other.bean().isPresent());
        await().untilAsserted(() -> assertThat(Stream.of(one, other)
                        .map(machine -> machine.health().getDetails().get("gitpod.state")))
                .containsExactlyInAnyOrder("CURRENT", "STANDBY"));
    }

    /** Not when the machine that leads has died. */
    @Test
    void wrongOptionsFailTheStart() {
        assertThatThrownBy(() -> one.start("auditLogs?from=yesterday"))
                .rootCause()
                .hasMessageStartingWith("Option from=yesterday does not say where to begin");
    }

    private final class Machine {
        final DefaultCamelContext context = gitpod.context();
        final Election.Machine service = election.machine();
        final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Consumer<GitpodComponent> configure = component -> {};

        void start(String uri) throws Exception {
            context.getRegistry().bind("meters", meters);
            HealthCheckRegistry checks = HealthCheckRegistry.get(context);
            checks.register(checks.resolveById("consumers"));
            context.addService(service);
            configure.accept(context.getComponent("gitpod", GitpodComponent.class));
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("master:audit:gitpod:" + uri).routeId("led").to("mock:led");
                }
            });
            context.start();
        }

        void standsBy() throws Exception {
            is("STANDBY");
            assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(meters.getMeters())
                    .allMatch(meter -> meter.getId().getName().equals("gitpod.health"));
            assertThat(bean()).isEmpty();
        }

        /** In the health check, the meter and the console alike. */
        void is(String state) {
            await().untilAsserted(() -> {
                assertThat(health().getDetails()).containsEntry("gitpod.state", state);
                assertThat(meters.find("gitpod.health").tag("route", "led").gauges().stream()
                                .filter(gauge -> gauge.value() == 1)
                                .map(MasterTest::state))
                        .containsExactly(state);
                assertThat(console()).contains("Route led:", "HealthState: " + state);
            });
        }

        void showsNothing() throws Exception {
            assertThat(health().getDetails()).doesNotContainKey("gitpod.state");
            assertThat(meters.getMeters()).isEmpty();
            assertThat(console()).isEmpty();
            assertThat(bean()).isEmpty();
        }

        /** As an application sees it. */
        HealthCheck.Result health() {
            return HealthCheckHelper.invokeReadiness(context).stream()
                    .filter(result -> result.getCheck().getId().equals("consumer:led"))
                    .findFirst()
                    .orElseThrow();
        }

        /** That of the component's consumer. */
        Optional<ObjectName> bean() throws Exception {
            Set<ObjectName> beans = BEANS.queryNames(
                    new ObjectName("org.apache.camel:context=" + context.getManagementName() + ",type=consumers,*"),
                    null);
            List<ObjectName> ours = beans.stream()
                    .filter(bean -> !bean.getKeyProperty("name").startsWith("MasterConsumer"))
                    .toList();
            assertThat(ours).hasSizeLessThan(2);
            return ours.stream().findFirst();
        }

        private String console() {
            GitpodDevConsole console = new GitpodDevConsole();
            console.setCamelContext(context);
            return (String) console.call(DevConsole.MediaType.TEXT, Map.of());
        }
    }

    private static String state(Gauge gauge) {
        return gauge.getId().getTag("state");
    }
}
