package io.github.camelgitpod.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.GitpodDevConsole;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.GitpodTest;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.apache.camel.console.DevConsole;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A consumer behind {@code master:} is seen where it runs, and only there. */
@Tag("camel-master")
@Timeout(60)
class MasterTest {
    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();

    @Test
    void theLeaderShowsItsHealthAndItsFiguresAndTheOtherMachineNone() throws Exception {
        gitpod.entries(10);
        MeterRegistry leaderMeters = new SimpleMeterRegistry();
        MeterRegistry otherMeters = new SimpleMeterRegistry();
        AuditLogRoute leader = machine(leaderMeters);
        await().until(() -> health(leader).isPresent());
        AuditLogRoute other = machine(otherMeters);

        await().until(() ->
                "CURRENT".equals(health(leader).orElseThrow().getDetails().get("gitpod.state")));
        FunctionCounter entries =
                leaderMeters.get("gitpod.auditlog.entries").tag("route", "led").functionCounter();
        assertThat(entries.count()).isEqualTo(10);
        assertThat(health(other)).isEmpty();
        assertThat(otherMeters.getMeters()).isEmpty();
        assertThat(console(leader)).contains("Route led:", "CURRENT");
        assertThat(console(other)).isEmpty();

        simulator.trouble().on("ListAuditLogs").respond(401, "unauthenticated", "revoked");
        await().until(() -> health(leader).orElseThrow().getState() == HealthCheck.State.DOWN);
        assertThat(health(leader).orElseThrow().getDetails()).containsEntry("gitpod.state", "UNAUTHORIZED");
        assertThat(HealthCheckHelper.invokeReadiness(leader.context()))
                .as("what an application is told")
                .anyMatch(result -> result.getState() == HealthCheck.State.DOWN);
        assertThat(HealthCheckHelper.invokeReadiness(other.context()))
                .noneMatch(result -> result.getState() == HealthCheck.State.DOWN);
        simulator.trouble().clear();

        leader.close();
        assertThat(leaderMeters.getMeters()).isEmpty();
        await().until(() -> health(other)
                .filter(result -> result.getState() == HealthCheck.State.UP)
                .isPresent());
        assertThat(otherMeters
                        .get("gitpod.auditlog.entries")
                        .tag("route", "led")
                        .functionCounter())
                .isNotNull();
    }

    private AuditLogRoute machine(MeterRegistry meters) throws Exception {
        AuditLogRoute machine = gitpod.auditLogs("from=beginning&stateKey=led&" + gitpod.state());
        machine.bind("meters", meters);
        HealthCheckRegistry checks = HealthCheckRegistry.get(machine.context());
        checks.register(checks.resolveById("consumers"));
        FileLockClusterService cluster = new FileLockClusterService();
        cluster.setRoot(gitpod.directory().resolve("cluster").toString());
        cluster.setAcquireLockDelay(100, TimeUnit.MILLISECONDS);
        cluster.setAcquireLockInterval(100, TimeUnit.MILLISECONDS);
        machine.context().addService(cluster);
        machine.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("master:audit:" + machine.uri()).routeId("led").to("mock:led");
            }
        });
        machine.context().start();
        return machine;
    }

    private static String console(AuditLogRoute machine) {
        GitpodDevConsole console = new GitpodDevConsole();
        console.setCamelContext(machine.context());
        return (String) console.call(DevConsole.MediaType.TEXT, Map.of());
    }

    /** As an application sees it. */
    private static Optional<HealthCheck.Result> health(AuditLogRoute machine) {
        return HealthCheckHelper.invokeReadiness(machine.context()).stream()
                .filter(result -> result.getCheck().getId().equals("gitpod:led"))
                .findFirst();
    }
}
