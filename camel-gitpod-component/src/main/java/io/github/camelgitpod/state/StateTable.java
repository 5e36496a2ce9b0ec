package io.github.camelgitpod.state;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** The table of a {@link JdbcStateRepository}, in SQL. Each call is one transaction on a connection of its own. */
final class StateTable {
    private static final Pattern NAME = Pattern.compile("\\w+(\\.\\w+){0,2}");
    /** The generation of a state that was never saved. */
    private static final long NONE = 0;

    private final DataSource dataSource;
    private final String name;

    /**
     * @param name with or without catalog and schema
     * @throws IllegalArgumentException unless the name consists of letters, digits and underscores, and dots between its parts
     */
    StateTable(DataSource dataSource, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("The table " + name
                    + " has no plain name; allowed: letters, digits and underscores, such as "
                    + JdbcStateRepository.DEFAULT_TABLE + ", with a schema before it or without");
        }
        this.dataSource = dataSource;
        this.name = name;
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
                insert.setString(1, key);
                insert.setString(2, value);
                return insert.executeUpdate() == 1;
            }
        }
        try (PreparedStatement update = connection.prepareStatement("UPDATE " + name + " SET " + columns.value
                + " = ?, " + columns.generation + " = ?, " + columns.updatedAt + " = CURRENT_TIMESTAMP WHERE "
                + columns.key + " = ? AND " + columns.generation + " = ?")) {
            update.setString(1, value);
            update.setLong(2, expected + 1);
            update.setString(3, key);
            update.setLong(4, expected);
            return update.executeUpdate() == 1;
        }
    }

    private Row read(Connection connection, String key) throws SQLException {
        Columns columns = columns(connection);
        try (PreparedStatement select = connection.prepareStatement("SELECT " + columns.value + ", "
                + columns.generation + " FROM " + name + " WHERE " + columns.key + " = ?")) {
            select.setString(1, key);
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
                statement.executeQuery("SELECT 1 FROM " + name + " WHERE 1 = 0").close();
                return true;
            } catch (SQLException e) {
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
            return statement.executeUpdate("CREATE TABLE " + name + " (" + columns.key
                    + " VARCHAR(512) NOT NULL PRIMARY KEY, " + columns.value + (postgres ? " TEXT" : " CLOB")
                    + " NOT NULL, " + columns.generation + " BIGINT NOT NULL, " + columns.updatedAt
                    + " TIMESTAMP WITH TIME ZONE NOT NULL)");
        }
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
