package io.github.camelgitpod.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.TroubleRule;
import io.github.camelgitpod.state.JdbcStateRepository;
import io.github.camelgitpod.state.StateUnavailableException;
import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.GitpodTest;
import io.github.camelgitpod.testing.MemoryDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.apache.camel.support.processor.state.FileStateRepository;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What lasts is asked at growing intervals and told once, however often the consumer polls. */
class OutageLogTest {
    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void recordLogs() {
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void stopRecording() {
        root.detachAppender(log);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "400, failed_precondition, feature is only available for enterprise customers, Enterprise plan",
        "403, permission_denied, no, audit-log reader role",
        "401, unauthenticated, no, accessToken"
    })
    void aStateThatLastsIsToldOnceAndOnceMoreWhenItIsOver(int status, String code, String said, String advice)
            throws Exception {
        gitpod.entries(10);
        gitpod.simulator().trouble().on("ListAuditLogs").respond(status, code, said);
        AuditLogRoute route = gitpod.auditLogs("from=beginning").start();
        await().until(() -> route.failures().size() >= 20);

        assertThat(gitpod.simulator().requests().count("ListAuditLogs")).isEqualTo(1);
        assertThat(route.health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(route.health().getError().orElseThrow()).hasMessageContainingAll(said, advice);
        assertThat(warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.getFormattedMessage()).contains(said, advice);
            assertThat(warning.getThrowableProxy()).isNull();
        });

        gitpod.simulator().trouble().clear();
        route.delivered(10).polled();
        assertThat(warnings()).hasSize(1);
        await().untilAsserted(() ->
                assertThat(log.list).anyMatch(line -> line.getFormattedMessage().endsWith("is read again")));
    }

    @Test
    void whatDoesNotLastIsLoggedUnderTheSameName() throws Exception {
        gitpod.simulator().trouble().on("ListAuditLogs").respond(500, "internal", "no");
        gitpod.auditLogs("from=beginning&maxRetries=0").start();

        await().until(() -> !warnings().isEmpty());
        assertThat(warnings()).extracting(ILoggingEvent::getLoggerName).containsOnly(OutageLog.class.getName());
    }

    @Test
    void anOutageOfTheDatabaseThatKeepsTheCursorIsToldOnceInOneLine() throws Exception {
        JdbcDataSource database = MemoryDatabase.create();
        try (Connection open = database.getConnection();
                Statement statement = open.createStatement();
                AuditLogRoute route = gitpod.auditLogs("from=beginning&stateRepository=#cursors")) {
            gitpod.entries(10);
            route.bind("cursors", new JdbcStateRepository(database)).start().delivered(10);
            statement.execute("ALTER TABLE camel_gitpod_state RENAME TO away");
            await().until(() -> route.failures().size() >= 5);

            statement.execute("ALTER TABLE away RENAME TO camel_gitpod_state");
            route.polled();
        }
        assertThat(log.list)
                .filteredOn(line -> line.getLevel() == Level.WARN
                        && line.getFormattedMessage().contains("camel_gitpod_state"))
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.getFormattedMessage())
                            .contains("cannot be read: The state ", "table camel_gitpod_state")
                            .doesNotContain("\n");
                    assertThat(warning.getThrowableProxy()).isNull();
                });
        await().untilAsserted(() ->
                assertThat(log.list).anyMatch(line -> line.getFormattedMessage().endsWith("is read again")));
    }

    @Test
    void anOutageOfTheDirectoryThatKeepsTheCursorIsToldOnceInOneLine() throws Exception {
        Path states = gitpod.directory().resolve("states");
        Path away = gitpod.directory().resolve("away");
        toldOnce(
                "stateDirectory=" + states,
                null,
                "could not be saved in " + states,
                () -> Files.move(states, away),
                () -> Files.move(away, states));
    }

    /** Whatever a repository of somebody else's throws, and though its text differs each time. */
    @Test
    void anOutageOfAnyOtherRepositoryIsToldOnceInOneLine() throws Exception {
        Path states = gitpod.directory().resolve("camel.state");
        AtomicInteger count = new AtomicInteger();
        AtomicBoolean full = new AtomicBoolean();
        FileStateRepository repository = new FileStateRepository() {
            @Override
            public void setState(String key, String value) {
                if (full.get()) {
                    throw new RuntimeCamelException("disk full, " + count.incrementAndGet());
                }
                super.setState(key, value);
            }
        };
        repository.setFileStore(states.toFile());
        toldOnce("stateRepository=#place", repository, "disk full, 1", () -> full.set(true), () -> full.set(false));
    }

    @Test
    void anOutageOfTheIdempotentRepositoryIsToldOnceInOneLine() throws Exception {
        AtomicInteger count = new AtomicInteger();
        AtomicBoolean gone = new AtomicBoolean();
        MemoryIdempotentRepository repository = new MemoryIdempotentRepository() {
            @Override
            public boolean contains(String key) {
                if (gone.get()) {
                    throw new IllegalArgumentException("no connection " + count.incrementAndGet());
                }
                return super.contains(key);
            }
        };
        toldOnce(
                gitpod.state() + "&idempotentRepository=#place",
                repository,
                "no connection 1",
                () -> gone.set(true),
                () -> gone.set(false));
    }

    private interface Step {
        void run() throws Exception;
    }

    private void toldOnce(String options, Object place, String said, Step fails, Step isBack) throws Exception {
        gitpod.entries(10);
        try (AuditLogRoute route = gitpod.auditLogs("from=beginning&lookback=1s&commitEvery=1&" + options)) {
            if (place != null) {
                route.bind("place", place);
            }
            route.start().delivered(10);
            route.betweenPolls(() -> run(fails));
            for (int i = 0; i < 3; i++) {
                gitpod.simulator().auditLog().add(Entry.at(gitpod.simulator().now()));
            }
            await().until(() -> route.failures().size() >= 5);
            assertThat(route.health().getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(route.health().getError().orElseThrow())
                    .hasMessageContaining(said.replaceAll(" ?[0-9]$", ""))
                    .hasMessageNotContaining(StateUnavailableException.class.getSimpleName());

            route.betweenPolls(() -> run(isBack));
            route.delivered(13).polled();
            assertThat(route.health().getState()).isEqualTo(HealthCheck.State.UP);
        }
        assertThat(log.list)
                .filteredOn(line -> line.getFormattedMessage().contains("cannot be read"))
                .singleElement()
                .satisfies(warning -> assertThat(warning.getFormattedMessage())
                        .contains(said, "It is tried again with each poll")
                        .doesNotContain("\n"));
        assertThat(log.list)
                .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
                .noneMatch(line -> line.getThrowableProxy() != null);
        assertThat(log.list)
                .filteredOn(line -> line.getFormattedMessage().endsWith("is read again"))
                .hasSize(1);
    }

    private static void run(Step step) {
        try {
            step.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anOutageIsToldOnceInOneLineHoweverOftenItIsPolled() throws Exception {
        gitpod.entries(10);
        TroubleRule outOfOrder =
                gitpod.simulator().trouble().on("ListAuditLogs").respond(500, "internal", "out of order");
        AuditLogRoute route = gitpod.auditLogs("from=beginning&maxRetries=0").start();
        await().until(() -> route.failures().size() >= 5);
        gitpod.simulator().trouble().on("ListAuditLogs").reset();
        outOfOrder.clear();
        int before = route.failures().size();
        await().until(() -> route.failures().size() >= before + 5);

        gitpod.simulator().trouble().clear();
        route.delivered(10).polled();
        assertThat(log.list)
                .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
                .noneMatch(line -> line.getThrowableProxy() != null)
                .filteredOn(line -> line.getFormattedMessage().contains("cannot be read"))
                .satisfiesExactly(
                        line -> assertThat(line.getFormattedMessage())
                                .contains("ListAuditLogs was answered with 500", "with each poll"),
                        line -> assertThat(line.getFormattedMessage()).contains("java.", "with each poll"));
        await().untilAsserted(() ->
                assertThat(log.list).anyMatch(line -> line.getFormattedMessage().endsWith("is read again")));
    }

    @Test
    void aValueThatTheServerDoesNotKnowIsAskedForAtGrowingIntervalsAndTheOptionsAreNamed() throws Exception {
        gitpod.simulator()
                .trouble()
                .on("ListAuditLogs")
                .respond(400, "invalid_argument", "filter.subject_types[0]: value must be in list");
        AuditLogRoute route = gitpod.auditLogs("from=beginning&subjectTypes=RESOURCE_TYPE_OF_TOMORROW")
                .start();
        await().until(() -> !route.failures().isEmpty());
        long asked = gitpod.simulator().requests().count("ListAuditLogs");

        await().until(() -> route.failures().size() >= 20);

        assertThat(gitpod.simulator().requests().count("ListAuditLogs")).isEqualTo(asked);
        assertThat(warnings()).singleElement().satisfies(warning -> assertThat(warning.getFormattedMessage())
                .startsWith("route audit (gitpod:auditLogs) cannot be read: ")
                .contains("value must be in list", "subjectTypes", "at growing intervals"));
    }

    @Test
    void aWaitThatTheServerAsksForIsToldWithItsEnd() throws Exception {
        gitpod.simulator().trouble().on("ListAuditLogs").rateLimited(Duration.ofMinutes(10));
        AuditLogRoute route = gitpod.auditLogs("from=beginning").start();

        await().until(() -> route.failures().size() >= 3);

        assertThat(gitpod.simulator().requests().count("ListAuditLogs")).isEqualTo(1);
        assertThat(warnings()).singleElement().satisfies(warning -> assertThat(warning.getFormattedMessage())
                .containsPattern("429.* tried again after \\d{4}-\\d\\d-\\d\\dT[\\d:]{8}Z: before, the server wants no"
                        + " request"));
    }

    private List<ILoggingEvent> warnings() {
        return log.list.stream()
                .filter(line -> line.getFormattedMessage().contains("ListAuditLogs was answered"))
                .toList();
    }
}
