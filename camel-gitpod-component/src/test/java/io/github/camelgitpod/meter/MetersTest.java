package io.github.camelgitpod.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.auditlog.AuditLogConsumer;
import io.github.camelgitpod.health.HealthState;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.EventRoute;
import io.github.camelgitpod.testing.GitpodTest;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The figures of consumers in a registry of Micrometer, without Spring. */
@Timeout(60)
class MetersTest {
    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();
    private final MeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void aConsumerOfTheAuditLogHasItsMetersFromTheStartOfItsRoute() throws Exception {
        gitpod.entries(30);
        AuditLogRoute route = gitpod.auditLogs("from=beginning&pageSize=10").bind("registry", registry);
        route.start().delivered(30).polled();

        assertThat(names())
                .contains(
                        "gitpod.auditlog.entries",
                        "gitpod.auditlog.entries.late",
                        "gitpod.auditlog.entries.beyond.lookback",
                        "gitpod.auditlog.duplicates.dropped",
                        "gitpod.auditlog.clock.disagreements",
                        "gitpod.auditlog.lag",
                        "gitpod.auditlog.last.success.age",
                        "gitpod.auditlog.lateness",
                        "gitpod.auditlog.read.entries.left",
                        "gitpod.auditlog.state.saves",
                        "gitpod.auditlog.state.save.failures",
                        "gitpod.throttled");
        assertThat(registry.getMeters()).allMatch(meter -> "audit".equals(tag(meter, "route")));
        assertThat(counter("gitpod.auditlog.entries")).isEqualTo(30);
        assertThat(counter("gitpod.auditlog.state.saves")).isPositive();
        double duplicates = counter("gitpod.auditlog.duplicates.dropped");
        route.polled();
        assertThat(counter("gitpod.auditlog.duplicates.dropped"))
                .as("while nothing happens")
                .isEqualTo(duplicates);
        assertThat(registry.get("gitpod.auditlog.last.success.age").timeGauge().value(TimeUnit.SECONDS))
                .isBetween(0.0, 60.0);
        assertThat(registry.get("gitpod.auditlog.lag").timeGauge().value(TimeUnit.SECONDS))
                .isPositive();
        await().untilAsserted(() -> assertThat(registry.find("gitpod.requests")
                        .tags("route", "audit", "method", "ListAuditLogs", "status", "200")
                        .functionCounter())
                .isNotNull()
                .satisfies(requests -> assertThat(requests.count()).isGreaterThan(3)));

        AuditLogConsumer consumer = route.consumer();
        assertThat(consumer.getRequests()).isPositive();
        assertThat(consumer.getStateSaves()).isPositive();
        assertThat(consumer.getStateSaveFailures()).isZero();
    }

    @Test
    void healthIsOneForTheStateThatHolds() throws Exception {
        gitpod.entries(10);
        AuditLogRoute route = gitpod.auditLogs("from=beginning&maxRetries=0").bind("registry", registry);
        EventRoute events = gitpod.events();
        events.context().getRegistry().bind("registry", registry);
        route.start().delivered(10);
        events.start().awaitOpen();
        await().untilAsserted(() -> assertThat(states("audit")).containsExactly("CURRENT"));
        assertThat(states("events")).containsExactly("CURRENT");
        assertThat(registry.find("gitpod.health").tags("route", "audit").gauges())
                .hasSize(HealthState.values().length);

        simulator.revokeAuditLogRole();
        await().untilAsserted(() -> assertThat(states("audit")).containsExactly("FORBIDDEN"));
        assertThat(states("events")).containsExactly("CURRENT");
    }

    private List<String> states(String route) {
        return registry.find("gitpod.health").tags("route", route).gauges().stream()
                .filter(gauge -> gauge.value() == 1)
                .map(gauge -> tag(gauge, "state"))
                .toList();
    }

    @Test
    void aLateEntryCountsWithItsLateness() throws Exception {
        gitpod.entries(10);
        AuditLogRoute route = gitpod.auditLogs("from=beginning").bind("registry", registry);
        route.start().delivered(10).polled();
        simulator.auditLog().add(Entry.at(simulator.now().minusSeconds(1)));
        route.delivered(11);
        simulator.auditLog().add(Entry.at(simulator.now().minusSeconds(3)));
        route.delivered(12).polled();

        assertThat(registry.get("gitpod.auditlog.lateness").timer().count()).isEqualTo(1);
        assertThat(registry.get("gitpod.auditlog.lateness").timer().max(TimeUnit.SECONDS))
                .isGreaterThan(1.5);
        assertThat(counter("gitpod.auditlog.entries.late")).isEqualTo(1);
    }

    @Test
    void aConsumerOfEventsHasItsMetersAndGapsByReason() throws Exception {
        EventRoute route = gitpod.events();
        route.context().getRegistry().bind("registry", registry);
        route.start().awaitOpen();
        route.deliver("a", "b");
        simulator.eventStreams().endAll();
        await().until(() -> simulator.eventStreams().opened() == 2);
        route.awaitOpen();

        assertThat(names())
                .contains(
                        "gitpod.events",
                        "gitpod.events.gaps.closed",
                        "gitpod.events.recovered",
                        "gitpod.events.connects",
                        "gitpod.events.renewals",
                        "gitpod.events.streams",
                        "gitpod.events.streams.open",
                        "gitpod.events.waiting",
                        "gitpod.events.skipped.lines",
                        "gitpod.events.connection.age",
                        "gitpod.throttled");
        assertThat(counter("gitpod.events")).isEqualTo(2);
        assertThat(counter("gitpod.events.connects")).isEqualTo(2);
        await().untilAsserted(() -> assertThat(registry.find("gitpod.events.gaps")
                        .tags("route", "events", "reason", "clean-end")
                        .functionCounter())
                .isNotNull()
                .satisfies(gaps -> assertThat(gaps.count()).isEqualTo(1)));
        assertThat(route.consumer().getGapsByReason()).isEqualTo("{clean-end=1}");
    }

    @Test
    void aRouteThatIsRemovedTakesItsMetersWithIt() throws Exception {
        AuditLogRoute route = gitpod.auditLogs("from=beginning").bind("registry", registry);
        route.start().polled();
        await().until(() -> registry.find("gitpod.requests").meter() != null);
        List<String> before = names();
        for (int i = 0; i < 5; i++) {
            String id = "more-" + i;
            route.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("gitpod:auditLogs?stateKey=" + id).routeId(id).to("mock:more");
                    from("gitpod:events?stateKey=e" + id).routeId("e" + id).to("mock:more");
                }
            });
        }
        assertThat(names()).hasSizeGreaterThan(before.size() * 8);
        for (int i = 0; i < 5; i++) {
            for (String id : List.of("more-" + i, "emore-" + i)) {
                route.context().getRouteController().stopRoute(id);
                route.context().removeRoute(id);
            }
        }
        assertThat(names()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(registry.getMeters())
                .extracting(meter -> tag(meter, "route"))
                .containsOnly("audit");

        route.context().getRouteController().stopRoute("audit");
        assertThat(registry.getMeters()).isEmpty();
        route.context().getRouteController().startRoute("audit");
        await().untilAsserted(() -> assertThat(names()).containsExactlyInAnyOrderElementsOf(before));
    }

    @Test
    void ofSeveralRegistriesTheOneForAllIsTaken() throws Exception {
        CompositeMeterRegistry all = new CompositeMeterRegistry();
        all.add(registry);
        AuditLogRoute route = gitpod.auditLogs("from=beginning")
                .bind("one", registry)
                .bind("other", new SimpleMeterRegistry())
                .bind("all", all);
        route.start();

        assertThat(all.find("gitpod.auditlog.entries").meter()).isNotNull();
        assertThat(registry.find("gitpod.auditlog.entries").meter()).isNotNull();
    }

    private double counter(String name) {
        return registry.get(name).functionCounter().count();
    }

    /** Without requests: a kind of answer has its meter when it is the first one. */
    private List<String> names() {
        return registry.getMeters().stream()
                .map(meter -> meter.getId().getName())
                .filter(name -> !name.equals("gitpod.requests"))
                .toList();
    }

    private static String tag(Meter meter, String key) {
        return meter.getId().getTag(key);
    }
}
