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

    private JdbcStateRepository states() {
        JdbcStateRepository repository = new JdbcStateRepository(database);
        repository.start();
        return repository;
    }
}
