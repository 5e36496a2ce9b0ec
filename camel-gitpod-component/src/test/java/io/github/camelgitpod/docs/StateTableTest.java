package io.github.camelgitpod.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.TroubleRule;
import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.EventRoute;
import io.github.camelgitpod.testing.GitpodTest;
import io.github.camelgitpod.testing.RouteContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Drives both consumers through all states of health and holds the tables of the page operate.adoc against what they show; with
 * {@code -DupdateDocs} the page is made to have them.
 */
@Tag("source-tree")
@Timeout(60)
class StateTableTest {
    private static final Path PAGE = Path.of("../src-docs/modules/ROOT/pages/operate.adoc");
    private static final String COMMAND = "mvn -q test -pl camel-gitpod-component -am -Dtest=StateTableTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -DupdateDocs";
    private static final Duration LONG = Duration.ofMinutes(5).plusSeconds(5);

    /** Status, Connect code, and the state that follows. */
    private static final String[][] REFUSALS = {
        {"429", "resource_exhausted", "THROTTLED"},
        {"401", "unauthenticated", "UNAUTHORIZED"},
        {"403", "permission_denied", "FORBIDDEN"},
        {"400", "failed_precondition", "PLAN"},
        {"503", "unavailable", "UNREACHABLE"}
    };

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    /** What the route waits for. */
    private final AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(0));

    private int tokens;

    @Test
    void theAuditLog() throws Exception {
        gitpod.entries(10);
        TroubleRule silence = simulator.trouble().on("ListAuditLogs").delay(Duration.ofSeconds(1));
        gate.set(new CountDownLatch(1));
        AuditLogRoute route = gitpod.auditLogs("from=beginning&maxRetries=0").bind("registry", registry);
        StateRows rows = new StateRows(
                "audit",
                List.of("gitpod.auditlog.lag", "gitpod.auditlog.last.success.age"),
                route::health,
                registry,
                gitpod.logs());
        route.doing(this::waitAtTheGate).start();
        rows.at("STARTING", null, null);
        silence.clear();
        rows.at("CATCHING_UP", null, null);
        route.pass(LONG);
        rows.at("STALE", null, "stands still");
        gate.get().countDown();
        rows.at("CURRENT", null, "goes on");
        for (String[] refusal : REFUSALS) {
            refuse("ListAuditLogs", refusal);
            rows.at(refusal[2], refusal[0], "answered with " + refusal[0]);
            heal(route);
            await().until(() -> route.consumer().getHealthState().equals("CURRENT"));
        }
        rows.awaitRequests();
        route.close();

        MemoryStateRepository states = new MemoryStateRepository();
        AuditLogRoute export = again(states, "&to=" + GitpodTest.HOUR_AGO.plusSeconds(100));
        rows.goesOnWith(export::health);
        export.start();
        rows.at("FINISHED", null, "has delivered everything");
        export.close();
        states.setState("k", states.getState("k").replaceFirst("\"L\":\"[^\"]*\"", "\"L\":\"2099-01-01T00:00:00Z\""));
        AuditLogRoute ahead = again(states, "");
        rows.goesOnWith(ahead::health);
        ahead.start();
        rows.at("FAILED", null, "cannot be read");

        assertPage("audit log", rows);
    }

    private AuditLogRoute again(MemoryStateRepository states, String options) {
        return gitpod.auditLogs("from=beginning&stateKey=k&stateRepository=#states" + options)
                .bind("states", states)
                .bind("registry", registry);
    }

    @Test
    void events() throws Exception {
        EventRoute route = gitpod.events();
        route.context().getRegistry().bind("registry", registry);
        StateRows rows = new StateRows(
                "events",
                List.of("gitpod.events.streams", "gitpod.events.streams.open", "gitpod.events.connection.age"),
                route::health,
                registry,
                gitpod.logs());
        TroubleRule silence = simulator.trouble().on("WatchEvents").delay(Duration.ofSeconds(1));
        route.doing(this::waitAtTheGate).start("reconnectDelay=1s", "maxReconnectDelay=1s");
        await().until(() -> registry.get("gitpod.events.streams").gauge().value() > 0);
        rows.at("STARTING", null, null);
        silence.clear();
        rows.at("CURRENT", null, "is open");
        for (String[] refusal : REFUSALS) {
            refuse("WatchEvents", refusal);
            simulator.eventStreams().endAll();
            await().until(() -> route.consumer().getStreamState().equals("RECONNECTING"));
            // Health has to see the interruption before time passes.
            route.health();
            if (refusal[2].equals("UNREACHABLE")) {
                route.pass(LONG);
            }
            // That the server cannot be reached is told as the interruption with which it began.
            boolean told = refusal[2].equals("UNREACHABLE");
            rows.at(refusal[2], refusal[0], told ? "is interrupted (clean-end)" : "answered with " + refusal[0]);
            heal(route);
            route.awaitOpen();
        }
        rows.awaitRequests();

        gate.set(new CountDownLatch(1));
        simulator.eventStreams().publish(EventRoute.CREATE, EventRoute.ENVIRONMENT, "a");
        await().until(() -> gate.get().getCount() == 1 && !route.bodies().isEmpty());
        route.pass(LONG);
        rows.at("STALE", null, "stands still");
        gate.get().countDown();
        await().until(() -> route.consumer().getHealthState().equals("CURRENT"));

        refuse("WatchEvents", "404", "not_found", "FAILED");
        simulator.eventStreams().endAll();
        rows.at("FAILED", "404", "answered with 404");

        assertPage("events", rows);
    }

    private void waitAtTheGate(Exchange exchange) throws InterruptedException {
        gate.get().await();
    }

    private void refuse(String method, String... refusal) {
        simulator
                .trouble()
                .on(method)
                .respond(Integer.parseInt(refusal[0]), refusal[1], "no")
                .retryAfter("1");
    }

    /** Nothing is refused any more; and another credential need not wait. */
    private void heal(RouteContext route) {
        simulator.trouble().clear();
        String token = "token-" + ++tokens;
        simulator.rotateAccessToken(token);
        route.token(token);
    }

    private static void assertPage(String name, StateRows rows) throws IOException {
        String start = "// states of " + name + ", generated: START\n";
        String page = Files.readString(PAGE);
        String updated = page.substring(0, page.indexOf(start) + start.length())
                + rows.table()
                + page.substring(page.indexOf("// states of " + name + ", generated: END\n"));
        if (Boolean.getBoolean("updateDocs")) {
            Files.writeString(PAGE, updated);
            return;
        }
        assertThat(page)
                .as("The table is out of date; rewrite it with: " + COMMAND)
                .isEqualTo(updated);
    }
}
