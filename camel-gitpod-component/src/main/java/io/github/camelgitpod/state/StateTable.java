package io.github.camelgitpod.state;

import io.github.camelgitpod.model.ShortKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The table of a {@link JdbcStateRepository}, in SQL. Each call is one transaction on a connection of its own. */
final class StateTable {
    private static final Logger LOG = LoggerFactory.getLogger(StateTable.class);
    private static final Pattern NAME = Pattern.compile("\\w+(\\.\\w+){0,2}");
    /** The generation of a state that was never saved. */
    private static final long NONE = 0;
    /** How long a key may be in the column. */
    private static final int LONGEST_KEY = 512;
    /** What standard SQL calls a statement that was cancelled. Not every driver throws the class for it. */
    private static final String CANCELLED = "57014";

    private final DataSource dataSource;
    private final String name;
    private final Duration longest;

    /**
     * @param name    with or without catalog and schema
     * @param longest how long a statement may take, in whole seconds: it waits while another session has locked the row
     * @throws IllegalArgumentException unless the name consists of letters, digits and underscores, and dots between its parts
     */
    StateTable(DataSource dataSource, String name, Duration longest) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("The table " + name
                    + " has no plain name; allowed: letters, digits and underscores, such as "
                    + JdbcStateRepository.DEFAULT_TABLE + ", with a schema before it or without");
        }
        this.dataSource = dataSource;
        this.name = name;
        this.longest = longest;
    }

    /**
     * One state.
     *
     * @param value      null: it was never saved
     * @param generation counts the saves
     */
    record Row(String value, long generation) {}

    private record Columns(String key, String value, String generation, String updatedAt) {}

    @FunctionalInterface
    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Makes the table. */
    void create() throws SQLException {
        inTransaction(this::create);
    }

    /** The state of a key. */
    Row read(String key) throws SQLException {
        return inTransaction(connection -> read(connection, key));
    }

    /** Writes a state if it is of the expected generation, and tells whether it was. */
    boolean write(String key, String value, long expected) throws SQLException {
        return inTransaction(connection -> write(connection, key, value, expected));
    }

    @Override
    public String toString() {
        return name;
    }

    private boolean write(Connection connection, String key, String value, long expected) throws SQLException {
        Columns columns = columns(connection);
        if (expected == NONE) {
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + name + " (" + columns.key
                    + ", " + columns.value + ", " + columns.generation + ", " + columns.updatedAt
                    + ") VALUES (?, ?, 1, CURRENT_TIMESTAMP)")) {
                limited(insert).setString(1, shortened(key));
                insert.setString(2, value);
                return insert.executeUpdate() == 1;
            }
        }
        try (PreparedStatement update = connection.prepareStatement("UPDATE " + name + " SET " + columns.value
                + " = ?, " + columns.generation + " = ?, " + columns.updatedAt + " = CURRENT_TIMESTAMP WHERE "
                + columns.key + " = ? AND " + columns.generation + " = ?")) {
            limited(update).setString(1, value);
            update.setLong(2, expected + 1);
            update.setString(3, shortened(key));
            update.setLong(4, expected);
            return update.executeUpdate() == 1;
        }
    }

    private Row read(Connection connection, String key) throws SQLException {
        Columns columns = columns(connection);
        try (PreparedStatement select = connection.prepareStatement("SELECT " + columns.value + ", "
                + columns.generation + " FROM " + name + " WHERE " + columns.key + " = ?")) {
            limited(select).setString(1, shortened(key));
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? new Row(rows.getString(1), rows.getLong(2)) : new Row(null, NONE);
            }
        }
    }

    /** Whether it is there; a database that cannot be reached is an error. */
    boolean exists() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            try {
                limited(statement)
                        .executeQuery("SELECT 1 FROM " + name + " WHERE 1 = 0")
                        .close();
                return true;
            } catch (SQLException e) {
                if (isTimeout(e)) {
                    throw e;
                }
                return false;
            } finally {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
            }
        }
    }

    private int create(Connection connection) throws SQLException {
        Columns columns = columns(connection);
        boolean postgres = connection.getMetaData().getDatabaseProductName().equalsIgnoreCase("PostgreSQL");
        try (Statement statement = connection.createStatement()) {
            return limited(statement)
                    .executeUpdate("CREATE TABLE " + name + " (" + columns.key
                            + " VARCHAR(" + LONGEST_KEY + ") NOT NULL PRIMARY KEY, " + columns.value
                            + (postgres ? " TEXT" : " CLOB")
                            + " NOT NULL, " + columns.generation + " BIGINT NOT NULL, " + columns.updatedAt
                            + " TIMESTAMP WITH TIME ZONE NOT NULL)");
        }
    }

    /** Why it failed, for people. */
    String why(SQLException e) {
        // Some drivers repeat the address, and what stands in it.
        String said = SafeFailure.OF_UNKNOWN_SETTINGS.text(e.getMessage());
        return isTimeout(e)
                ? "it took too long (limit " + longest.toSeconds() + " s), as when another session has locked the row: "
                        + said
                : said;
    }

    private static boolean isTimeout(SQLException e) {
        return e instanceof SQLTimeoutException || CANCELLED.equals(e.getSQLState());
    }

    private <S extends Statement> S limited(S statement) throws SQLException {
        try {
            statement.setQueryTimeout((int) longest.toSeconds());
        } catch (SQLFeatureNotSupportedException e) {
            LOG.debug("Statements have no limit with this driver", e);
        }
        return statement;
    }

    private static String shortened(String key) {
        return ShortKey.of(key, LONGEST_KEY);
    }

    /** One transaction, whether or not the data source's connections commit on their own. */
    private <T> T inTransaction(Work<T> work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            if (connection.getAutoCommit()) {
                return work.on(connection);
            }
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    /** Quoted, since key and value are words of SQL, and the quotes differ. */
    private static Columns columns(Connection connection) throws SQLException {
        String quote = connection.getMetaData().getIdentifierQuoteString().trim();
        return new Columns(
                quote + "key" + quote,
                quote + "value" + quote,
                quote + "generation" + quote,
                quote + "updated_at" + quote);
    }
}
