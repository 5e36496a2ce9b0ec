package io.github.camelgitpod.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.testing.MemoryDatabase;
import io.github.camelgitpod.testing.RecordedLogs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two consumers that run side by side for a moment: one has taken over, the other one has not noticed yet. */
@Tag("T17")
class StatesBesideTest {
    private static final Map<String, StreamPosition> POSITIONS =
            Map.of("organization", new StreamPosition(Instant.parse("2026-01-01T00:00:00Z"), null));
    private static final Map<String, StreamPosition> LATER =
            Map.of("organization", new StreamPosition(Instant.parse("2026-01-01T00:00:05Z"), null));
    private static final String BESIDE = "shared/entries";

    private final JdbcDataSource database = MemoryDatabase.create();

    private final class Machine {
        final JdbcStateRepository repository = new JdbcStateRepository(database);
        final List<OvertakenException> overtaken = new ArrayList<>();
        final PositionStore positions = new PositionStore(repository, "shared", overtaken::add);
        final StatesBeside beside = new StatesBeside(repository, positions::isOurs);

        Machine() {
            repository.start();
            positions.load();
            beside.getState(BESIDE);
        }

        void saveBeside(String what) {
            beside.setState(BESIDE, "{\"says\":\"" + what + "\"}");
        }
    }

    @Test
    void whoGoesOnSavesOverWhatTheOtherOneHasSavedMeanwhile() {
        Machine before = new Machine();
        before.positions.save(POSITIONS);
        Machine next = new Machine();
        next.positions.save(POSITIONS);

        before.saveBeside("before");
        next.saveBeside("next");
        next.saveBeside("next again");
        try (RecordedLogs logs = new RecordedLogs()) {
            before.saveBeside("before again");
            assertThat(logs.events()).isEmpty();
        }

        assertThat(next.beside.getState(BESIDE)).contains("next again");
    }

    @Test
    void whoGoesOnIsSeenAtOnceThoughTheStreamsStandWhereTheyStood() {
        Machine before = new Machine();
        before.positions.save(POSITIONS);
        Machine next = new Machine();
        next.positions.save(POSITIONS);

        before.positions.save(LATER);

        assertThat(before.overtaken).hasSize(1);
        assertThat(next.overtaken).isEmpty();
        next.positions.save(LATER);
        assertThat(new Machine().positions.load()).isEqualTo(LATER);
    }

    /** Most repositories take whatever comes. */
    @Test
    void whoWasOvertakenSavesNothingWhereNothingIsCompared() {
        MemoryStateRepository plain = new MemoryStateRepository();
        PositionStore before = new PositionStore(plain, "shared", cause -> {});
        before.load();
        before.save(POSITIONS);
        PositionStore next = new PositionStore(plain, "shared", cause -> {});
        next.load();
        next.save(POSITIONS);
        new StatesBeside(plain, next::isOurs).setState(BESIDE, "next");

        new StatesBeside(plain, before::isOurs).setState(BESIDE, "before");

        assertThat(plain.getState(BESIDE)).isEqualTo("next");
    }

    /** One that stands by goes on when nothing is saved for a while. */
    @Test
    void whoIsAliveIsSeenThoughNothingHappens() {
        Machine machine = new Machine();
        machine.positions.save(POSITIONS);
        String seen = machine.positions.look();

        machine.positions.save(POSITIONS);

        assertThat(machine.positions.look()).isNotEqualTo(seen);
    }

    /** A repository that compares takes what was looked at last for what the save is on top of. */
    @Test
    void aLookOfAnotherThreadDoesNotMakeASavePassThatWasOvertaken() {
        Machine next = new Machine();
        JdbcStateRepository compares = new JdbcStateRepository(database);
        AtomicReference<PositionStore> slow = new AtomicReference<>();
        AtomicBoolean isLast = new AtomicBoolean();
        slow.set(new PositionStore(
                new MemoryStateRepository() {
                    @Override
                    public String getState(String key) {
                        return compares.getState(key);
                    }

                    @Override
                    public void setState(String key, String text) {
                        if (isLast.get()) {
                            next.positions.load();
                            next.positions.save(LATER);
                            Thread looks = new Thread(slow.get()::isOurs);
                            looks.start();
                            await().until(() -> looks.getState() == Thread.State.BLOCKED || !looks.isAlive());
                        }
                        compares.setState(key, text);
                    }
                },
                "shared",
                cause -> {}));
        slow.get().load();
        slow.get().save(POSITIONS);

        isLast.set(true);
        slow.get().save(POSITIONS);

        assertThat(next.positions.isOurs()).isTrue();
        assertThat(slow.get().isOurs()).isFalse();
    }
}
