package io.github.camelgitpod.machines;

import io.github.camelgitpod.state.JdbcStateRepository;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Each save of a state, noted by a trigger of the database: no sample can miss one. */
final class Saves {
    private static final String NOTE =
            "CREATE TABLE saves (number bigserial PRIMARY KEY, key text, owner text, position text,"
                    + " at timestamptz DEFAULT clock_timestamp());"
                    + "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                    + " INSERT INTO saves (key, owner, position) VALUES (NEW.key, NEW.value::json->>'owner',"
                    + " coalesce(NEW.value::json->>'L', NEW.value::json#>>'{deliveredUpTo,organization}')); RETURN NULL; END $$;"
                    + "CREATE TRIGGER note AFTER INSERT OR UPDATE ON " + JdbcStateRepository.DEFAULT_TABLE
                    + " FOR EACH ROW EXECUTE FUNCTION note()";

    private final DataSource database;

    /**
     * One save.
     *
     * @param pid      of the process that saved
     * @param position up to where everything was delivered
     */
    record Save(long pid, Instant position, Instant at) {}

    Saves(DataSource database) throws SQLException {
        this.database = database;
        new JdbcStateRepository(database).start();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(NOTE);
        }
    }

    /** All of one state, in order. */
    List<Save> of(String key) throws SQLException {
        return select("SELECT owner, position, at FROM saves WHERE key = ? ORDER BY number", key);
    }

    /** Who has saved last; 0: nobody. */
    long owner(String key) throws SQLException {
        List<Save> last =
                select("SELECT owner, position, at FROM saves WHERE key = ? ORDER BY number DESC LIMIT 1", key);
        return last.isEmpty() ? 0 : last.get(0).pid();
    }

    private List<Save> select(String sql, String key) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, key);
            List<Save> saves = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    String owner = rows.getString(1);
                    String position = rows.getString(2);
                    saves.add(new Save(
                            Long.parseLong(owner.substring(0, owner.indexOf('@'))),
                            position == null ? Instant.EPOCH : Instant.parse(position),
                            rows.getObject(3, OffsetDateTime.class).toInstant()));
                }
            }
            return saves;
        }
    }
}
