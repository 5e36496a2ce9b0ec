package io.github.camelgitpod.state;

import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps states in a table of a relational database, one row per key, for consumers that may start on one machine today and
 * on another tomorrow.
 *
 * <p><b>The table</b> has the columns {@code key}, {@code value}, {@code generation} (counts the saves) and
 * {@code updated_at} (by the database's clock). It is made at start if it is missing, in a dialect that H2, PostgreSQL and
 * databases near to the standard understand; for others make it beforehand, with these names in the case that is written
 * here, and {@code value} of a type that holds a megabyte of text.
 *
 * <p><b>Compare and set.</b> A save succeeds only on the generation that this repository read or saved last. So when a second
 * instance has taken over, the first one, however long it was paused or cut off, cannot overwrite the newer cursor with its
 * older one: {@link #setState} throws, each time, until the state is read again, which adopts the newer one. Of two instances
 * that run at once, the one that saves first goes on. A save whose answer was lost on the way is recognised as
 * this instance's own.
 *
 * <p><b>Connections</b> are taken from the data source for each call and given back; when a call returns, its change is
 * committed. A statement that is not done after 30 seconds, as when another session has locked the row, has failed; a
 * connection that is dead is for the data source to notice. Safe for use by several threads; each instance of a consumer
 * needs a repository of its own, though it may share the data source: two consumers that share one repository and one key
 * are one owner.
 */
public final class JdbcStateRepository extends ServiceSupport implements StateRepository<String, String> {
    /** The name of the table if none is given. */
    public static final String DEFAULT_TABLE = "camel_gitpod_state";

    /** Each is about one row, found by its key. */
    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(JdbcStateRepository.class);

    private final StateTable table;
    /** The generation read or saved last, by key. */
    private final Map<String, Long> generations = new HashMap<>();
    /** What a save tried to write that ended in an error, by key: it may be there nevertheless. */
    private final Map<String, String> uncertain = new HashMap<>();

    /** @param dataSource never closed by this repository */
    public JdbcStateRepository(DataSource dataSource) {
        this(dataSource, DEFAULT_TABLE);
    }

    /**
     * @param dataSource never closed by this repository
     * @param table      its name, with or without catalog and schema
     * @throws IllegalArgumentException unless the name consists of letters, digits and underscores, and dots between its parts
     */
    public JdbcStateRepository(DataSource dataSource, String table) {
        this(dataSource, table, LONGEST_STATEMENT);
    }

    JdbcStateRepository(DataSource dataSource, String table, Duration longestStatement) {
        this.table = new StateTable(dataSource, table, longestStatement);
    }

    @Override
    protected void doStart() throws Exception {
        try {
            if (!table.exists()) {
                create();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The table " + table + " for the state cannot be reached: " + table.why(e), safe(e));
        }
    }

    private void create() throws SQLException {
        try {
            table.create();
            LOG.info("Table {} made", table);
        } catch (SQLException e) {
            // Another instance may have been faster.
            if (!table.exists()) {
                throw new IllegalStateException(
                        "The table " + table + " for the state does not exist and could not be made: " + table.why(e),
                        safe(e));
            }
        }
    }

    /**
     * Saves a state on top of the one that this repository read or saved last.
     *
     * @throws OvertakenException        when another instance has saved meanwhile
     * @throws StateUnavailableException when the database fails
     */
    @Override
    public synchronized void setState(String key, String value) {
        try {
            long expected = expected(key);
            if (!save(key, value, expected)) {
                throw new OvertakenException("The state " + key + " in table " + table + " is of generation "
                        + table.read(key).generation() + ", and this instance knows generation "
                        + expected + ": another instance owns the cursor now. Nothing was saved; to read the state"
                        + " again, as a restart does, is to go on from the newer one");
            }
            generations.put(key, expected + 1);
        } catch (SQLException e) {
            throw new StateUnavailableException(
                    "The state " + key + " could not be saved in table " + table + ": " + table.why(e), safe(e));
        }
    }

    /**
     * Reads a state, and adopts it: this repository may save the next one. Null when there is none.
     *
     * @throws StateUnavailableException when the database fails
     */
    @Override
    public synchronized String getState(String key) {
        try {
            StateTable.Row row = table.read(key);
            generations.put(key, row.generation());
            uncertain.remove(key);
            return row.value();
        } catch (SQLException e) {
            throw new StateUnavailableException(
                    "The state " + key + " could not be read from table " + table + ": " + table.why(e), safe(e));
        }
    }

    private static Throwable safe(SQLException e) {
        return SafeFailure.OF_UNKNOWN_SETTINGS.of(e);
    }

    /** The generation that the state must be of. */
    private long expected(String key) throws SQLException {
        Long known = generations.get(key);
        if (known == null || uncertain.containsKey(key)) {
            StateTable.Row row = table.read(key);
            boolean own = known == null
                    || row.generation() == known + 1 && row.value().equals(uncertain.get(key));
            known = own ? row.generation() : known;
            generations.put(key, known);
            uncertain.remove(key);
        }
        return known;
    }

    /** Whether the state was of that generation. */
    private boolean save(String key, String value, long expected) throws SQLException {
        try {
            return table.write(key, value, expected);
        } catch (SQLIntegrityConstraintViolationException e) {
            return false;
        } catch (SQLException e) {
            if (String.valueOf(e.getSQLState()).startsWith("23")) {
                // The same: another instance was faster with the first row. Not every driver throws the subclass.
                return false;
            }
            uncertain.put(key, value);
            throw e;
        }
    }
}
