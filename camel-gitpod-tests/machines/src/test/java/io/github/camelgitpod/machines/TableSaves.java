package io.github.camelgitpod.machines;

import io.github.camelgitpod.state.JdbcStateRepository;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Noted by a trigger of the database: no sample can miss one. */
final class TableSaves implements Saves {
    private static final String NOTE =
            "CREATE TABLE saves (number bigserial PRIMARY KEY, key text, owner text, position text,"
                    + " at timestamptz DEFAULT clock_timestamp());"
                    + "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                    + " INSERT INTO saves (key, owner, position) VALUES (NEW.key, NEW.value::json->>'owner',"
                    + " coalesce(NEW.value::json->>'L', NEW.value::json#>>'{deliveredUpTo,organization}')); RETURN NULL; END $$;"
                    + "CREATE TRIGGER note AFTER INSERT OR UPDATE ON " + JdbcStateRepository.DEFAULT_TABLE
                    + " FOR EACH ROW EXECUTE FUNCTION note()";

    private final DataSource database;

    TableSaves(DataSource database) throws SQLException {
        this.database = database;
        new JdbcStateRepository(database).start();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(NOTE);
        }
    }

    @Override
    public List<Save> of(String key) throws SQLException {
        return select("SELECT owner, position, at FROM saves WHERE key = ? ORDER BY number", key);
    }

    @Override
    public long owner(String key) throws SQLException {
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
                    saves.add(Save.of(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getObject(3, OffsetDateTime.class).toInstant()));
                }
            }
            return saves;
        }
    }
}
