package io.github.camelgitpod.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgitpod.testing.MemoryDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.assertj.core.util.Throwables;
import org.h2.api.Trigger;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("T17")
class JdbcStateRepositoryTest extends StateRepositoryContract {
    private final JdbcDataSource database = MemoryDatabase.create();
    private Connection open;

    @BeforeEach
    void open() throws SQLException {
        open = database.getConnection();
    }

    @AfterEach
    void close() throws SQLException {
        open.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"REGULAR", "PostgreSQL", "MySQL", "MSSQLServer", "Oracle"})
    void eachDialectKeepsStates(String dialect) throws Exception {
        database.setURL(MemoryDatabase.create("MODE=" + dialect).getURL());
        String large = "ä→".repeat(500_000);
        JdbcStateRepository first = repository();
        assertThat(first.getState(KEY)).isNull();
        first.setState(KEY, "1");
        first.setState(KEY, large);
        first.setState("another", "x");

        JdbcStateRepository second = repository();
        assertThat(second.getState(KEY)).isEqualTo(large);
        assertThat(second.getState("another")).isEqualTo("x");
    }

    @Test
    void aStateThatIsRemovedMeanwhileIsNotMadeAnew() throws SQLException {
        JdbcStateRepository first = repository();
        first.setState(KEY, "1");
        try (Statement statement = open.createStatement()) {
            statement.executeUpdate("DELETE FROM camel_gitpod_state");
        }
        assertThatThrownBy(() -> first.setState(KEY, "2"))
                .hasMessageContaining("is of generation 0")
                .hasMessageContaining("knows generation 1");
    }

    @Test
    void aSaveWhoseAnswerWasLostIsRecognisedAsItsOwn() {
        Unreliable unreliable = new Unreliable(database);
        JdbcStateRepository repository = started(new JdbcStateRepository(unreliable.dataSource()));
        repository.setState(KEY, "1");

        unreliable.failAfterUpdate = true;
        assertThatThrownBy(() -> repository.setState(KEY, "2")).hasMessageContaining("connection is gone");
        unreliable.failAfterUpdate = false;
        repository.setState(KEY, "3");

        unreliable.failBeforeUpdate = true;
        assertThatThrownBy(() -> repository.setState(KEY, "4")).hasMessageContaining("connection is gone");
        unreliable.failBeforeUpdate = false;
        repository.setState(KEY, "5");
        assertThat(repository().getState(KEY)).isEqualTo("5");
    }

    @Test
    void aSaveWhoseAnswerWasLostIsNotTakenForItsOwnWhenAnotherOneSaved() {
        Unreliable unreliable = new Unreliable(database);
        JdbcStateRepository repository = started(new JdbcStateRepository(unreliable.dataSource()));
        repository.setState(KEY, "1");
        unreliable.failBeforeUpdate = true;
        assertThatThrownBy(() -> repository.setState(KEY, "2")).hasMessageContaining("connection is gone");
        unreliable.failBeforeUpdate = false;
        JdbcStateRepository other = repository();
        other.getState(KEY);
        other.setState(KEY, "the other's");

        assertThatThrownBy(() -> repository.setState(KEY, "3")).hasMessageContaining("another instance owns");
        assertThat(other.getState(KEY)).isEqualTo("the other's");
    }

    /** Drivers repeat the address, and some take passwords in it. */
    @Test
    void aPasswordInTheAddressIsShownNowhere() {
        JdbcDataSource wrong = new JdbcDataSource();
        wrong.setURL("jdbc:h3:mem:x;USER=me;PASSWORD=hunter2");
        assertThatThrownBy(new JdbcStateRepository(wrong)::start)
                .hasMessageContainingAll("jdbc:h3:mem:x", "PASSWORD=***")
                .satisfies(thrown -> assertThat(Throwables.getStackTrace(thrown))
                        .contains("JdbcSQL")
                        .doesNotContain("hunter2"));
    }

    @Test
    void aDatabaseThatIsDownIsToldWithKeyAndTable() throws SQLException {
        JdbcStateRepository repository = repository();
        repository.setState(KEY, "1");
        try (Statement statement = open.createStatement()) {
            statement.execute("DROP TABLE camel_gitpod_state");
        }

        assertThatThrownBy(() -> repository.setState(KEY, "2"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(KEY)
                .hasMessageContaining("camel_gitpod_state")
                .hasCauseInstanceOf(SQLException.class);
        assertThatThrownBy(() -> repository.getState(KEY))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(KEY)
                .hasCauseInstanceOf(SQLException.class);
    }

    @Test
    void theTableMayHaveAnotherNameAndBeThereAlready() throws SQLException {
        try (Statement statement = open.createStatement()) {
            statement.execute("CREATE SCHEMA siem");
        }
        JdbcStateRepository first = started(new JdbcStateRepository(database, "siem.cursors"));
        first.setState(KEY, "1");

        JdbcStateRepository second = started(new JdbcStateRepository(database, "siem.cursors"));
        assertThat(second.getState(KEY)).isEqualTo("1");
        try (Statement statement = open.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT \"key\", \"value\", \"generation\", \"updated_at\" FROM siem.cursors")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo(KEY);
            assertThat(rows.getLong(3)).isEqualTo(1);
            assertThat(rows.getTimestamp(4)).isNotNull();
        }
        assertThatThrownBy(() -> new JdbcStateRepository(database, "cursors; DROP TABLE users"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DROP TABLE users")
                .hasMessageContaining("allowed");
    }

    @Test
    void aTableThatCannotBeMadeIsToldAtStart() {
        assertThatThrownBy(() -> started(new JdbcStateRepository(database, "no_such_schema.cursors")))
                .hasMessageContaining("no_such_schema.cursors");
    }

    @Test
    void connectionsThatDoNotCommitOnTheirOwnAreCommittedAndGivenBack() throws SQLException {
        Unreliable pool = new Unreliable(database);
        pool.autoCommit = false;
        JdbcStateRepository repository = started(new JdbcStateRepository(pool.dataSource()));
        repository.setState(KEY, "1");
        repository.setState(KEY, "2");

        JdbcStateRepository other = repository();
        assertThat(other.getState(KEY)).isEqualTo("2");
        other.setState(KEY, "3");
        assertThatThrownBy(() -> repository.setState(KEY, "stale")).hasMessageContaining("another instance owns");
        assertThat(repository.getState(KEY)).isEqualTo("3");
        assertThat(pool.given).as("connections not given back").isZero();
        assertThat(pool.openTransactions).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFailedTransactionIsEndedBeforeTheConnectionIsGivenBack(boolean autoCommit) {
        Unreliable pool = new Unreliable(database);
        pool.autoCommit = autoCommit;
        JdbcStateRepository repository = started(new JdbcStateRepository(pool.dataSource()));
        pool.failBeforeUpdate = true;

        assertThatThrownBy(() -> repository.setState(KEY, "1")).hasMessageContaining("the connection is gone");

        assertThat(pool.given).as("connections not given back").isZero();
        assertThat(pool.openTransactions).isZero();
    }

    /** H2 does not let a limit end its wait for a row, as PostgreSQL does: so the statement is busy here instead. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aStatementThatDoesNotEndIsAFailedSave() throws SQLException {
        JdbcStateRepository repository =
                started(new JdbcStateRepository(database, JdbcStateRepository.DEFAULT_TABLE, Duration.ofSeconds(1)));
        repository.setState(KEY, "1");
        try (Statement statement = open.createStatement()) {
            statement.execute("CREATE TRIGGER busy BEFORE UPDATE ON camel_gitpod_state FOR EACH ROW CALL '"
                    + Busy.class.getName() + "'");
        }

        assertThatThrownBy(() -> repository.setState(KEY, "2"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(KEY)
                .hasMessageContaining("camel_gitpod_state")
                .hasMessageContaining("it took too long (limit 1 s), as when another session has locked the row");

        try (Statement statement = open.createStatement()) {
            statement.execute("DROP TRIGGER busy");
        }
        repository.setState(KEY, "3");
        assertThat(repository().getState(KEY)).isEqualTo("3");
    }

    /** Takes for ever. */
    public static final class Busy implements Trigger {
        @Override
        public void fire(Connection connection, Object[] oldRow, Object[] newRow) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.executeQuery("SELECT COUNT(*) FROM SYSTEM_RANGE(1, 1000000000000) WHERE X * X = 2");
            }
        }
    }

    @Test
    void everyStatementHasALimit() {
        Unreliable pool = new Unreliable(database);
        JdbcStateRepository repository = started(new JdbcStateRepository(pool.dataSource()));
        repository.getState(KEY);
        repository.setState(KEY, "1");
        repository.setState(KEY, "2");

        assertThat(pool.executed).isGreaterThan(4);
        assertThat(pool.limits).hasSize(pool.executed).containsOnly(30);
    }

    @Test
    void aTableThatDoesNotAnswerIsNotTakenForMissing() {
        Unreliable pool = new Unreliable(database);
        repository().setState(KEY, "1");
        pool.failQuery = new SQLTimeoutException("gave up");

        assertThatThrownBy(() -> started(new JdbcStateRepository(pool.dataSource())))
                .hasMessageContaining("camel_gitpod_state for the state cannot be reached: it took too long")
                .rootCause()
                .isSameAs(pool.failQuery);
    }

    @Test
    void aKeyThatIsTooLongForItsColumnIsShortened() {
        JdbcStateRepository repository = repository();
        repository.setState("k".repeat(1000) + "1", "1");
        repository.setState("k".repeat(1000) + "2", "2");
        repository.setState("k".repeat(512), "3");

        assertThat(repository().getState("k".repeat(1000) + "1")).isEqualTo("1");
        assertThat(repository().getState("k".repeat(1000) + "2")).isEqualTo("2");
        assertThat(repository().getState("k".repeat(512))).isEqualTo("3");
    }

    /** Not every driver throws the subclass. */
    @Test
    void aKeyThatIsThereAlreadyIsThatOfAnotherInstanceWhateverTheDriverThrows() {
        Unreliable pool = new Unreliable(database);
        JdbcStateRepository repository = started(new JdbcStateRepository(pool.dataSource()));
        pool.failBeforeUpdate = true;
        pool.failure = new SQLException("duplicate key", "23505");

        assertThatThrownBy(() -> repository.setState(KEY, "1")).hasMessageContaining("another instance owns");
    }

    @Override
    protected JdbcStateRepository repository() {
        return started(new JdbcStateRepository(database));
    }

    @Override
    protected String place() {
        return "table camel_gitpod_state";
    }

    private static JdbcStateRepository started(JdbcStateRepository repository) {
        repository.start();
        return repository;
    }

    /** A data source whose connections break when they are told to. */
    private static final class Unreliable {
        private final DataSource target;
        private final List<Integer> limits = new ArrayList<>();
        private int executed;
        private SQLException failQuery;
        private boolean failBeforeUpdate;
        private boolean failAfterUpdate;
        private boolean autoCommit = true;
        private SQLException failure = new SQLException("the connection is gone");
        private int given;
        private boolean inTransaction;
        private int openTransactions;

        Unreliable(DataSource target) {
            this.target = target;
        }

        DataSource dataSource() {
            return proxy(DataSource.class, target);
        }

        private <T> T proxy(Class<T> type, Object behind) {
            return type.cast(
                    Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        boolean update = method.getName().equals("executeUpdate");
                        if (autoCommit && List.of("commit", "rollback").contains(method.getName())) {
                            throw new SQLException("the connection commits on its own");
                        }
                        inTransaction = method.getName().startsWith("execute")
                                || (inTransaction
                                        && !List.of("commit", "rollback").contains(method.getName()));
                        executed += method.getName().startsWith("execute") ? 1 : 0;
                        if (method.getName().equals("setQueryTimeout")) {
                            limits.add((Integer) arguments[0]);
                        }
                        if (method.getName().equals("executeQuery") && failQuery != null) {
                            throw failQuery;
                        }
                        if (update && failBeforeUpdate) {
                            throw failure;
                        }
                        Object result;
                        try {
                            result = method.invoke(behind, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                        if (update && failAfterUpdate) {
                            throw failure;
                        }
                        if (result instanceof Connection connection) {
                            given++;
                            connection.setAutoCommit(autoCommit);
                        }
                        if (behind instanceof Connection && method.getName().equals("close")) {
                            given--;
                            openTransactions += inTransaction && !autoCommit ? 1 : 0;
                        }
                        Class<?> returned = method.getReturnType();
                        boolean ours = Connection.class.isAssignableFrom(returned)
                                || Statement.class.isAssignableFrom(returned);
                        return ours ? proxy(returned, result) : result;
                    }));
        }
    }
}
