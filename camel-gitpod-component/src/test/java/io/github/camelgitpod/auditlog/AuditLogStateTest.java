package io.github.camelgitpod.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.state.CrashSafeFileStateRepository;
import io.github.camelgitpod.state.JdbcStateRepository;
import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.GitpodTest;
import io.github.camelgitpod.testing.MemoryDatabase;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.processor.state.FileStateRepository;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.apache.camel.support.service.ServiceSupport;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where a route keeps its cursor, what becomes of it when that fails, and when two share it. */
@Timeout(60)
class AuditLogStateTest {
    private static final int COMMIT_EVERY = 20;

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();

    private final List<String> ids = gitpod.entries(150);

    @Test
    void withCamelsFileRepositoryARestartGoesOn() throws Exception {
        Path file = gitpod.directory().resolve("camel.state");
        restartsGoOn(() -> FileStateRepository.fileStateRepository(file.toFile()));
    }

    @Test
    void withCamelsMemoryRepositoryANewRouteGoesOn() throws Exception {
        MemoryStateRepository shared = new MemoryStateRepository();
        restartsGoOn(() -> shared);
    }

    @Test
    void withADatabaseARestartGoesOn() throws Exception {
        JdbcDataSource database = MemoryDatabase.create();
        restartsGoOn(() -> new JdbcStateRepository(database));
    }

    private interface Place {
        StateRepository<String, String> open();
    }

    private void restartsGoOn(Place place) throws Exception {
        List<String> delivered = new ArrayList<>();
        for (int run = 0; run < 3; run++) {
            simulator.auditLog().add(Entry.at(simulator.now().minusSeconds(5 - run)));
            try (AuditLogRoute route = route(place.open(), "").start()) {
                await().until(() -> delivered.size() + route.exchanges().size()
                        >= simulator.auditLog().size());
                delivered.addAll(route.ids());
            }
        }
        assertThat(delivered)
                .containsExactlyElementsOf(simulator.auditLog().ids())
                .doesNotHaveDuplicates();
    }

    /** Longer than what Jackson reads of a name, unless it is told. */
    @Test
    void longIdsAndEntriesWithoutAnIdAreKnownAfterARestart() throws Exception {
        Instant at = simulator.now().minusSeconds(5);
        for (String id : List.of("x".repeat(60_000), "")) {
            for (String extra : List.of("a", "b")) {
                simulator
                        .auditLog()
                        .add(new Entry(
                                id.isEmpty() ? id : id + extra,
                                null,
                                null,
                                null,
                                null,
                                null,
                                at.toString(),
                                null,
                                "\"more\":\"" + extra.repeat(60_000) + "\"",
                                null));
            }
        }
        String options = "from=" + at.minusSeconds(1) + "&" + gitpod.state();
        try (AuditLogRoute route = gitpod.auditLogs(options).start()) {
            route.delivered(4).polled();
            assertThat(route.exchanges()).hasSize(4);
        }
        Entry next = simulator.auditLog().add(Entry.at(simulator.now()));

        AuditLogRoute route = gitpod.auditLogs(options).start().delivered(1).polled();

        assertThat(route.ids()).containsExactly(next.id());
    }

    @Test
    void savesThatFailNowAndThenLoseNothingAndRepeatNothing() throws Exception {
        NowAndThen states = new NowAndThen();
        // A short lookback, since it is a full read that saves again what is delivered and not saved.
        try (AuditLogRoute route = route(states, "&lookback=1s").start()) {
            await().until(() -> route.exchanges().size() >= 150);
            await().until(() -> states.getState("audit/auditLogs").contains(ids.get(149)));
            assertThat(route.ids()).containsExactlyElementsOf(ids);
            assertThat(states.failed.get()).isGreaterThan(1);
        }
        Entry next = simulator.auditLog().add(Entry.at(simulator.now()));
        AuditLogRoute route = route(states, "&lookback=1s").start();
        await().until(() -> !route.exchanges().isEmpty());
        assertThat(route.ids()).containsExactly(next.id());
    }

    @Test
    void aCursorThatCannotBeLoadedAfterASuspensionIsLoadedByALaterPoll() throws Exception {
        AtomicBoolean away = new AtomicBoolean();
        MemoryStateRepository states = new MemoryStateRepository() {
            @Override
            public String getState(String key) {
                if (away.getAndSet(false)) {
                    throw new IllegalStateException("the database is away");
                }
                return super.getState(key);
            }
        };
        AuditLogRoute route = route(states, "").start();
        route.delivered(150);
        route.context().getRouteController().suspendRoute("audit");
        Entry next = simulator.auditLog().add(Entry.at(simulator.now()));
        away.set(true);
        route.context().getRouteController().resumeRoute("audit");

        route.delivered(151);

        assertThat(route.ids()).endsWith(next.id()).doesNotHaveDuplicates();
        assertThat(route.failures()).singleElement().satisfies(failure -> assertThat(failure)
                .hasMessageContaining("the database is away"));
    }

    @Test
    void aSaveThatFailsEndsThePollAndShowsInHealth() throws Exception {
        NowAndThen states = new NowAndThen();
        // The first save is that of the position to begin at.
        states.failing = save -> save >= 3;
        try (AuditLogRoute route = route(states, "&repeatCount=1").start()) {
            await().until(() -> route.health().getError().isPresent());

            assertThat(route.health().getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(route.health().getError().orElseThrow()).hasMessageContaining("no room for audit/auditLogs");
            assertThat(route.ids()).containsExactlyElementsOf(ids.subList(0, 2 * COMMIT_EVERY));
        }
        // The 20 that were confirmed in between come again: as after a crash, since they could not be saved.
        states.failing = save -> false;
        AuditLogRoute route = route(states, "").start();
        await().until(() -> route.exchanges().size() >= 130);
        assertThat(route.ids()).containsExactlyElementsOf(ids.subList(COMMIT_EVERY, 150));
    }

    @Test
    void aRouteThatCannotSaveDeliversNoMoreAndSavesFirstWhenItCan() throws Exception {
        NowAndThen states = new NowAndThen();
        states.failing = save -> save >= 3;
        try (AuditLogRoute route = route(states, "").start()) {
            await().until(() -> states.failed.get() > 5);
            assertThat(route.ids()).containsExactlyElementsOf(ids.subList(0, 2 * COMMIT_EVERY));

            states.failing = save -> false;
            await().until(() -> route.exchanges().size() >= 150);
            assertThat(route.ids()).containsExactlyElementsOf(ids);
        }
        // The last save of a poll that delivers nothing new afterwards: it is made up for, too.
        states.failing = save -> save % 2 == 0;
        Entry late = simulator.auditLog().add(Entry.at(simulator.now().minusSeconds(5)));
        int before = states.saved.get();
        try (AuditLogRoute route = route(states, "").start()) {
            await().until(() -> states.saved.get() > before
                    && states.getState("audit/auditLogs").contains(late.id()));
        }
        states.failing = save -> false;
        Entry next = simulator.auditLog().add(Entry.at(simulator.now().minusSeconds(4)));
        AuditLogRoute route = route(states, "").start();
        await().until(() -> !route.exchanges().isEmpty());
        assertThat(route.ids()).containsExactly(next.id());
    }

    @Test
    void aPositionToBeginAtThatCouldNotBeSavedIsSavedByTheNextPoll() throws Exception {
        NowAndThen states = new NowAndThen();
        states.failing = save -> save == 1;
        AuditLogRoute route = gitpod.auditLogs("stateRepository=#states")
                .bind("states", states)
                .start();
        await().until(() -> states.saved.get() > 0);
        assertThat(route.exchanges()).isEmpty();
    }

    @Test
    void aRouteThatIsStoppedLeavesItsStateToOtherProcesses() throws Exception {
        Path lock = gitpod.directory().resolve("audit%2FauditLogs.state.lock");
        AuditLogRoute route = gitpod.auditLogs(gitpod.state()).start();
        try (FileChannel other = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            assertThatThrownBy(other::tryLock).isInstanceOf(OverlappingFileLockException.class);
        }
        route.context().getRouteController().stopRoute("audit");
        try (FileChannel other = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            assertThat(other.tryLock()).isNotNull();
        }
    }

    @Test
    void aStateDirectoryThatFailsIsToldAndWhenItIsBackTheRouteGoesOn() throws Exception {
        Path states = gitpod.directory().resolve("states");
        Path away = gitpod.directory().resolve("away");
        String options = "from=beginning&lookback=1s&commitEvery=" + COMMIT_EVERY + "&stateDirectory=" + states;
        try (AuditLogRoute route = gitpod.auditLogs(options)
                .doing(exchange -> {
                    if (ids.get(30).equals(exchange.getMessage().getHeader(GitpodConstants.ENTRY_ID))) {
                        Files.move(states, away);
                        Files.writeString(states, "no directory");
                    }
                })
                .start()) {
            await().until(() -> route.health().getError().isPresent());
            assertThat(route.health().getError().orElseThrow())
                    .hasMessageContaining("audit/auditLogs")
                    .hasMessageContaining("could not be saved in " + states);

            Files.delete(states);
            Files.move(away, states);
            await().until(() -> route.health().getState() == HealthCheck.State.UP);
            await().until(() -> route.exchanges().size() >= 150);
            assertThat(route.ids()).containsExactlyElementsOf(ids);
            await().until(() -> stored(states).contains(ids.get(149)));
        }
        Entry next = simulator.auditLog().add(Entry.at(simulator.now()));
        AuditLogRoute route = gitpod.auditLogs(options).start();
        await().until(() -> !route.exchanges().isEmpty());
        assertThat(route.ids()).containsExactly(next.id());
    }

    /** Another process may deliver by now. */
    @Test
    void aRouteWhoseLockIsRemovedDeliversNoMoreAndSaysSo() throws Exception {
        AuditLogRoute route = gitpod.auditLogs("from=beginning&commitEvery=1&" + gitpod.state())
                .start()
                .delivered(150)
                .polled();
        Files.delete(gitpod.directory().resolve("audit%2FauditLogs.state.lock"));
        simulator.auditLog().add(Entry.at(simulator.now()));
        simulator.auditLog().add(Entry.at(simulator.now()));

        await().until(() -> route.health().getError().isPresent());
        route.polled();

        assertThat(route.health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(route.health().getError().orElseThrow())
                .hasMessageContaining("audit%2FauditLogs.state.lock was removed or replaced");
        assertThat(route.exchanges()).hasSizeLessThanOrEqualTo(151);
    }

    @Test
    void aStateDirectoryThatCannotBeWrittenToIsRefusedAtStart() {
        Path readOnly = Path.of("/proc/self");
        Assumptions.assumeTrue(Files.isDirectory(readOnly), "a directory that nobody can write to");
        AuditLogRoute route = gitpod.auditLogs("stateDirectory=" + readOnly);
        assertThatThrownBy(route::start)
                .hasMessageContainingAll("stateDirectory=" + readOnly, "allowed: a directory that can be written to");
    }

    @Test
    void aCursorInMemoryIsWarnedOfUnlessTheRunEnds() throws Exception {
        String to = GitpodTest.HOUR_AGO.plusSeconds(2).toString();
        gitpod.auditLogs("from=beginning&to=" + to).start().polled();

        assertThat(gitpod.logs().warnings()).isEmpty();
        assertThat(gitpod.logs().messages())
                .contains("route audit (gitpod:auditLogs) reads up to to=" + to
                        + ", with its cursor in memory only: interrupted before, it begins at from=beginning again");

        gitpod.auditLogs("from=beginning").start();

        assertThat(gitpod.logs().warnings())
                .singleElement()
                .asString()
                .startsWith("The cursor of route audit (gitpod:auditLogs) is kept in memory only: ");
    }

    @Test
    void aCursorPastTheEndOfARangeIsTold() throws Exception {
        gitpod.entries(3);
        String range = "from=beginning&to=" + GitpodTest.HOUR_AGO.plusSeconds(2) + "&" + gitpod.state();
        for (int run = 0; run < 2; run++) {
            try (AuditLogRoute route = gitpod.auditLogs(range).start()) {
                route.polled();
            }
        }
        assertThat(gitpod.logs().warnings()).as("after the range was read").isEmpty();
        try (AuditLogRoute route =
                gitpod.auditLogs("from=beginning&" + gitpod.state()).start()) {
            route.delivered(1).polled();
        }

        AuditLogRoute route = gitpod.auditLogs(range).start().polled();

        assertThat(route.exchanges()).isEmpty();
        assertThat(gitpod.logs().warnings())
                .anyMatch(line -> line.contains("past to=") && line.contains("set another stateKey"));
    }

    @Test
    void aDamagedStateIsRefusedAtStartAndNotBegunAnew() throws Exception {
        try (AuditLogRoute route =
                gitpod.auditLogs("from=beginning&" + gitpod.state()).start()) {
            await().until(() -> route.exchanges().size() == 150);
        }
        for (String name : List.of("audit%2FauditLogs.state", "audit%2FauditLogs.state.previous")) {
            Files.write(gitpod.directory().resolve(name), new byte[0]);
        }
        AuditLogRoute route = gitpod.auditLogs("from=beginning&" + gitpod.state());
        assertThatThrownBy(route::start).hasMessageContainingAll("audit/auditLogs", "is damaged");
        assertThat(route.exchanges()).isEmpty();
    }

    @Test
    void ofTwoInstancesOnOneDatabaseTheOneThatWasOvertakenStandsBy() throws Exception {
        JdbcDataSource database = MemoryDatabase.create();
        CountDownLatch paused = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (AuditLogRoute first = route(new JdbcStateRepository(database), "")) {
            // 20 saved, 10 not; then it stands still, as a machine that is cut off or collects garbage.
            first.doing(exchange -> {
                        if (ids.get(30).equals(exchange.getMessage().getHeader(GitpodConstants.ENTRY_ID))) {
                            paused.countDown();
                            goOn.await();
                        }
                    })
                    .start();
            paused.await();

            try (AuditLogRoute second =
                    route(new JdbcStateRepository(database), "").start()) {
                await().until(() -> second.exchanges().size() >= 130);
                goOn.countDown();
                await().until(() -> "STANDBY".equals(first.health().getDetails().get("gitpod.state")));
                assertThat(first.health().getState()).isEqualTo(HealthCheck.State.UP);
                assertThat(first.consumer().getOvertaken()).isEqualTo(1);
                int delivered = first.exchanges().size();
                first.polled().polled().polled();
                assertThat(first.exchanges()).hasSize(delivered);
                assertThat(first.failures()).isEmpty();
                List<ILoggingEvent> told = gitpod.logs().events().stream()
                        .filter(event -> event.getFormattedMessage().contains("so this one stands by"))
                        .toList();
                assertThat(told).singleElement().satisfies(event -> {
                    assertThat(event.getFormattedMessage()).contains("audit/auditLogs");
                    assertThat(event.getThrowableProxy()).isNull();
                });
                assertThat(second.ids()).containsExactlyElementsOf(ids.subList(COMMIT_EVERY, 150));
                Set<String> twice = new HashSet<>(first.ids());
                twice.retainAll(second.ids());
                assertThat(twice).hasSizeLessThanOrEqualTo(COMMIT_EVERY).isNotEmpty();
                assertThat(second.health().getState()).isEqualTo(HealthCheck.State.UP);
            }
            // The other one is gone, and somebody does not want to wait until that is certain.
            Entry next = simulator.auditLog().add(Entry.at(simulator.now()));
            int before = first.exchanges().size();
            first.consumer().resetCursor(next.createdAt().toString());
            await().until(() -> first.exchanges().size() > before);
            assertThat(first.ids().subList(before, first.ids().size())).containsExactly(next.id());
            await().until(() -> "CURRENT".equals(first.health().getDetails().get("gitpod.state")));
        }
    }

    @Test
    void twoRoutesOfOneProcessDoNotOverwriteEachOthersState() throws Exception {
        String options = "from=beginning&commitEvery=1&" + gitpod.state();
        AuditLogRoute first = gitpod.auditLogs(options).start();
        await().until(() -> first.exchanges().size() == 150);
        try (AuditLogRoute second = gitpod.auditLogs(options).start()) {
            simulator.auditLog().add(Entry.at(simulator.now()));
            await().until(() -> "STANDBY".equals(first.health().getDetails().get("gitpod.state")));
            assertThat(gitpod.logs().warnings()).anySatisfy(line -> assertThat(line)
                    .contains("audit/auditLogs", gitpod.state(), "in use by another consumer"));
            await().until(() -> second.exchanges().size() == 1);
            assertThat(second.health().getState()).isEqualTo(HealthCheck.State.UP);
        }
    }

    private AuditLogRoute route(StateRepository<String, String> states, String options) {
        AuditLogRoute route =
                gitpod.auditLogs("from=beginning&commitEvery=" + COMMIT_EVERY + "&stateRepository=#states" + options);
        route.context().getRegistry().bind("states", states);
        return route;
    }

    /** The stored cursor, read without taking it from the route that has it. */
    private static String stored(Path states) {
        return new CrashSafeFileStateRepository(states).getState("audit/auditLogs");
    }

    /** Every third save fails, if it is not told otherwise. */
    private static final class NowAndThen extends ServiceSupport implements StateRepository<String, String> {
        private final MemoryStateRepository states = new MemoryStateRepository();
        private final AtomicInteger saved = new AtomicInteger();
        private final AtomicInteger failed = new AtomicInteger();
        private volatile IntPredicate failing = save -> save % 3 == 0;
        private int saves;

        @Override
        public synchronized void setState(String key, String value) {
            saves++;
            if (failing.test(saves)) {
                failed.incrementAndGet();
                throw new IllegalStateException("no room for " + key);
            }
            states.setState(key, value);
            saved.incrementAndGet();
        }

        @Override
        public synchronized String getState(String key) {
            return states.getState(key);
        }
    }
}
