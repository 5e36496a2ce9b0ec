package io.github.camelgitpod.machines;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Machines that lead in turn lose nothing, however they end or sleep. {@code -Dgitpod.kills} and {@code -Dgitpod.pauses} say how
 * often, {@code -Dgitpod.services} with which cluster services, {@code -Dgitpod.store} where the state is kept; the table is in
 * the test's output.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "There is no SIGSTOP")
@Execution(ExecutionMode.CONCURRENT)
class MachinesTest {
    private static final int KILLS = Integer.getInteger("gitpod.kills", 1);
    private static final int PAUSES = Integer.getInteger("gitpod.pauses", 1);
    private static final String SERVICES = System.getProperty("gitpod.services", Coordination.ZOOKEEPER.name());
    private static final Store STORE = Store.valueOf(System.getProperty("gitpod.store", Store.POSTGRESQL.name()));
    private static final long SEED = Long.getLong("gitpod.seed", System.nanoTime());

    private static Servers servers;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws Exception {
        servers = new Servers();
    }

    @AfterAll
    static void stop() throws Exception {
        servers.close();
    }

    static List<Coordination> services() {
        return Stream.of(SERVICES.split(",")).map(Coordination::valueOf).toList();
    }

    /** In the long form two machines, and three from the middle on. In the short one three, so that none has to be awaited. */
    @ParameterizedTest
    @MethodSource("services")
    @Execution(ExecutionMode.SAME_THREAD)
    void nothingIsLostAndTheCursorNeverGoesBack(Coordination coordination) throws Exception {
        Outcome outcome;
        try (Campaign campaign = campaign(coordination, STORE)) {
            campaign.begin(KILLS > 1 ? 2 : 3);
            campaign.strike(KILLS - KILLS / 2, PAUSES - PAUSES / 2);
            if (KILLS > 1) {
                campaign.addMachine();
                campaign.strike(KILLS / 2, PAUSES / 2);
            }
            outcome = campaign.end();
        }
        System.out.print(outcome.table());
        AuditAccount audit = outcome.audit();
        assertThat(audit.lost()).as("lost, seed %s", SEED).isZero();
        assertThat(audit.back()).as("cursor back, seed %s", SEED).isZero();
        assertThat(audit.mostPerHandOver())
                .as("duplicates a hand-over, seed %s", SEED)
                .isLessThanOrEqualTo(Node.COMMIT_EVERY);
        assertThat(audit.unexplained()).as("other duplicates, seed %s", SEED).isZero();
        assertThat(audit.handOvers()).as("hand-overs, seed %s", SEED).isGreaterThanOrEqualTo(KILLS);
        EventAccount events = outcome.events();
        assertThat(events.silent())
                .as("events missed in silence, seed %s", SEED)
                .isZero();
        assertThat(events.lost()).as("events not recovered, seed %s", SEED).isZero();
        assertThat(events.untold())
                .as("hand-overs without a gap, seed %s", SEED)
                .isZero();
        assertThat(events.open()).as("gaps not closed, seed %s", SEED).isZero();
    }

    @Test
    void aStoreInWhichTheLastOneWinsMovesTheCursorBack() throws Exception {
        try (Campaign campaign = campaign(Coordination.ZOOKEEPER, Store.LAST_ONE_WINS)) {
            campaign.begin(2);
            campaign.strike(0, 1);
            Outcome outcome = campaign.end();
            System.out.print(outcome.table());

            assertThat(outcome.audit().back()).isPositive();
            assertThat(outcome.audit().unexplained()).isPositive();
        }
    }

    private Campaign campaign(Coordination coordination, Store store) throws Exception {
        return new Campaign(servers, coordination, store, directory.resolve(coordination + "-" + store), SEED);
    }
}
