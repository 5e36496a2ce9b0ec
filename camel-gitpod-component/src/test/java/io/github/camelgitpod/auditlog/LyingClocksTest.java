package io.github.camelgitpod.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose answers carry a wrong Date, and a machine whose clock is wrong. */
@Tag("T8")
@Tag("engine")
class LyingClocksTest {
    /** From now to 2099, and from now to 1970, or nearly. */
    private static final Duration CENTURY = Duration.ofDays(73 * 365L);

    private static final Duration TO_1970 = Duration.between(Instant.now(), Instant.EPOCH);

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();

    @ParameterizedTest
    @ValueSource(strings = {"P26645D", "PT1H", "PT7M"})
    void aDateThatIsAheadForAWhileLosesNothing(Duration ahead) throws Exception {
        gitpod.entries(10);
        simulator.trouble().on("ListAuditLogs").skewDate(ahead);
        List<String> delivered = new ArrayList<>();
        try (AuditLogRoute route =
                gitpod.auditLogs("from=beginning&" + gitpod.state()).start()) {
            route.delivered(10).polled();
            // What was wrong and was saved is in force over a restart, too.
            delivered.addAll(route.ids());
        }
        simulator.trouble().clear();
        addNow(10);
        try (AuditLogRoute route =
                gitpod.auditLogs("from=beginning&" + gitpod.state()).start()) {
            route.delivered(10).polled();
            addNow(10);
            route.delivered(20).polled();
            delivered.addAll(route.ids());
        }

        assertThat(delivered).containsExactlyElementsOf(simulator.auditLog().ids());
    }

    @Test
    void aDisagreementIsToldCountedAndShown() throws Exception {
        simulator.trouble().on("ListAuditLogs").skewDate(Duration.ofHours(1));
        AuditLogRoute route = gitpod.auditLogs("from=now").start();
        route.polled().polled();

        assertThat(told("disagree by more than lookback=5m")).hasSize(1);
        assertThat(route.consumer().getClockDisagreements()).isEqualTo(1);
        assertThat(route.consumer().getClockDisagreement()).contains("the server's clock says", "behind");
        assertThat(route.health().getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(route.health().getDetails())
                .hasEntrySatisfying("gitpod.clocks", clocks -> assertThat((String) clocks)
                        .containsPattern("this machine's is 59m|this machine's is 1h"));

        simulator.trouble().clear();
        await().until(() -> !told("agree again").isEmpty());
        assertThat(route.consumer().getClockDisagreements()).isEqualTo(1);
        assertThat(route.consumer().getClockDisagreement()).isNull();
        assertThat(route.health().getDetails()).doesNotContainKey("gitpod.clocks");
        assertThat(told("disagree by more than")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"server 1970", "server 2099", "machine 1970", "machine 2099"})
    void nowIsAfterTheEntriesThatAreThereWhicheverClockIsWrong(String wrong) throws Exception {
        gitpod.entries(50);
        Duration by = wrong.endsWith("1970") ? TO_1970 : CENTURY;
        AuditLogRoute route = gitpod.auditLogs("from=now");
        if (wrong.startsWith("server")) {
            simulator.trouble().on("ListAuditLogs").skewDate(by);
        } else {
            route.machineClock(() -> simulator.now().plus(by));
        }
        route.start().polled();
        simulator.trouble().clear();
        List<String> created = addNow(10);
        route.delivered(10).polled();

        assertThat(route.ids()).containsExactlyElementsOf(created);
    }

    @Test
    void whichClockIsWrongCanChangeBetweenTwoPolls() throws Exception {
        gitpod.entries(3);
        simulator.trouble().on("ListAuditLogs").skewDate(Duration.ofHours(1));
        AuditLogRoute route = gitpod.auditLogs("from=beginning").start();
        route.delivered(3).betweenPolls(() -> {
            // The last answer is of before: by it, and by what this machine's clock says now, it is an hour later.
            simulator.trouble().clear();
            route.machineClock(() -> simulator.now().plus(Duration.ofHours(1)));
            addNow(1);
        });
        route.delivered(4).polled();
        Entry late = simulator.auditLog().add(Entry.at(simulator.now().minusSeconds(60)));
        // Makes a full read due.
        route.machineClock(() -> simulator.now().plus(Duration.ofHours(2)));
        route.polled().polled();

        assertThat(route.ids()).contains(late.id());
    }

    @Test
    void aDateThatIsAheadDoesNotEndARange() throws Exception {
        simulator.trouble().on("ListAuditLogs").skewDate(Duration.ofHours(1));
        AuditLogRoute route = gitpod.auditLogs("from=1h&to=" + simulator.now().plusSeconds(600))
                .start();
        route.polled().polled();
        List<String> created = addNow(10);
        route.delivered(10).polled();

        assertThat(route.ids()).containsExactlyElementsOf(created);
        assertThat(told("has delivered everything before")).isEmpty();
    }

    @Test
    void aCursorThatIsAheadOfBothClocksIsRefusedUntilItIsReset() throws Exception {
        List<String> ids = gitpod.entries(10);
        MemoryStateRepository states = new MemoryStateRepository();
        try (AuditLogRoute route = route(states)) {
            route.start().delivered(10).polled();
        }
        String cursor = states.getState("audit/auditLogs");
        states.setState("audit/auditLogs", cursor.replaceFirst("\"L\":\"[^\"]*\"", "\"L\":\"2099-01-01T00:00:00Z\""));

        AuditLogRoute route = route(states).start();
        await().until(() -> route.failures().size() > 5);

        assertThat(route.exchanges()).isEmpty();
        assertThat(route.health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(route.health().getError().orElseThrow())
                .hasMessageContainingAll("2099-01-01T00:00:00Z", "resetCursor", "set the option from");
        assertThat(told("cannot be read: The stored cursor")).hasSize(1);

        route.consumer().resetCursor(GitpodTest.HOUR_AGO.plusSeconds(3).toString());
        route.delivered(7).polled();
        assertThat(route.ids()).containsExactlyElementsOf(ids.subList(3, 10));
        await().until(() -> !told("is read again").isEmpty());
    }

    private AuditLogRoute route(MemoryStateRepository states) {
        return gitpod.auditLogs("from=beginning&stateRepository=#states").bind("states", states);
    }

    private List<String> addNow(int count) {
        return IntStream.range(0, count)
                .mapToObj(
                        i -> simulator.auditLog().add(Entry.at(simulator.now())).id())
                .toList();
    }

    private List<String> told(String what) {
        return gitpod.logs().messages().stream()
                .filter(message -> message.contains(what))
                .toList();
    }
}
