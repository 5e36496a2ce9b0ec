package io.github.camelgitpod.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.simulator.EventStreams;
import io.github.camelgitpod.state.JdbcStateRepository;
import io.github.camelgitpod.state.PositionStore;
import io.github.camelgitpod.state.StreamPosition;
import io.github.camelgitpod.testing.EventRoute;
import io.github.camelgitpod.testing.GitpodTest;
import io.github.camelgitpod.testing.MemoryDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.health.HealthCheck;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A consumer on another machine goes on with the positions. Nobody waits for the next save, nor until the other one counts as gone. */
@Tag("T17")
@Timeout(60)
@Tag("engine")
class EventStandbyTest {
    private static final String ORGANIZATION = "organization";

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final EventRoute route = gitpod.events();
    private final EventStreams streams = gitpod.simulator().eventStreams();
    private final JdbcDataSource database = MemoryDatabase.create();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void whoWasOvertakenHoldsNoStreamAndGoesOnFromThePositionsOfTheOther() throws Exception {
        route.context().getRegistry().bind("states", states());
        route.context().getRegistry().bind("meters", meters);
        route.start("gapEvents=true", "stateRepository=#states", "stateKey=shared")
                .awaitOpen();
        route.deliver("a");

        JdbcStateRepository others = states();
        PositionStore other = new PositionStore(others, "shared", overtaken -> {});
        other.load();
        Instant upTo = Instant.now();
        other.save(Map.of(ORGANIZATION, new StreamPosition(upTo, null)));
        String saved = others.getState("shared");
        route.consumer().consumed().save();
        await().until(() -> route.consumer().getHealthState().equals("STANDBY") && streams.open() == 0);

        assertThat(route.health().getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(route.health().getDetails()).containsKey("gitpod.since");
        assertThat(meters.get("gitpod.overtaken").functionCounter().count()).isEqualTo(1);
        assertThat(others.getState("shared")).as("the other's positions").isEqualTo(saved);
        streams.publish(EventRoute.CREATE, EventRoute.ENVIRONMENT, "missed");

        // The other one saves no more.
        route.pass(Duration.ofSeconds(11));
        route.awaitOpen();
        route.deliver("b");
        assertThat(route.ids()).containsExactly("a", "b");
        assertThat(route.exchanges())
                .filteredOn(StreamGap.class::isInstance)
                .singleElement()
                .satisfies(gap -> assertThat(((StreamGap) gap).from()).isEqualTo(upTo));
        List<ILoggingEvent> told = gitpod.logs().events().stream()
                .filter(event -> event.getFormattedMessage().contains("so this one stands by"))
                .toList();
        assertThat(told).singleElement().satisfies(event -> assertThat(event.getThrowableProxy())
                .isNull());
    }

    @Test
    void whatIsInTheRouteEndsBeforeAnythingElseComes() throws Exception {
        CountDownLatch inRoute = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        List<String> order = new CopyOnWriteArrayList<>();
        route.doing(exchange -> {
            order.add("begins");
            if (inRoute.getCount() > 0) {
                inRoute.countDown();
                mayGoOn.await();
            }
            order.add("ends");
        });
        route.context().getRegistry().bind("states", states());
        route.start("gapEvents=true", "stateRepository=#states", "stateKey=shared")
                .awaitOpen();
        streams.publish(EventRoute.CREATE, EventRoute.ENVIRONMENT, "slow");
        inRoute.await();
        PositionStore other = new PositionStore(states(), "shared", overtaken -> {});
        other.load();
        other.save(Map.of(ORGANIZATION, new StreamPosition(Instant.now(), null)));
        route.consumer().consumed().save();
        await().until(() -> route.consumer().getHealthState().equals("STANDBY") && streams.open() == 0);

        route.pass(Duration.ofSeconds(11));
        await().until(() -> streams.open() == 1);
        streams.publish(EventRoute.CREATE, EventRoute.ENVIRONMENT, "b");
        await().until(() -> route.consumer().getWaitingEvents() > 0);
        mayGoOn.countDown();
        await().until(() -> route.ids().contains("b"));
        for (int i = 0; i < order.size(); i++) {
            assertThat(order.get(i)).as(order.toString()).isEqualTo(i % 2 == 0 ? "begins" : "ends");
        }
    }

    /** The other one may be of a later version: to go on would be to write over what it keeps. */
    @Test
    void positionsOfALaterVersionAreNotGoneOnFrom() throws Exception {
        route.context().getRegistry().bind("states", states());
        route.start("stateRepository=#states", "stateKey=shared").awaitOpen();
        route.deliver("a");
        String later = "{\"version\":7,\"owner\":\"another\"}";
        JdbcStateRepository others = states();
        others.getState("shared");
        others.setState("shared", later);
        route.consumer().consumed().save();
        await().until(() -> route.consumer().getHealthState().equals("STANDBY") && streams.open() == 0);

        route.pass(Duration.ofSeconds(11));
        await().until(() -> route.consumer().getHealthState().equals("FAILED"));

        assertThat(route.health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(route.health().getMessage().orElseThrow()).contains("stored under shared has the format version 7");
        assertThat(gitpod.logs().warnings())
                .filteredOn(line -> line.contains("The event streams stay closed"))
                .singleElement()
                .asString()
                .contains("has the format version 7, this component knows 1");
        assertThat(others.getState("shared")).isEqualTo(later);
        assertThat(streams.open()).isZero();
    }

    private JdbcStateRepository states() {
        JdbcStateRepository repository = new JdbcStateRepository(database);
        repository.start();
        return repository;
    }
}
