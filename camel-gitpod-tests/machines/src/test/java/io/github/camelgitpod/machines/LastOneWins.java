package io.github.camelgitpod.machines;

import io.github.camelgitpod.state.JdbcStateRepository;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.service.ServiceSupport;

/** A repository as one writes it at first: a state is read from the table once, and what is saved replaces what is there. */
final class LastOneWins extends ServiceSupport implements StateRepository<String, String> {
    private static final String SAVE = "INSERT INTO " + JdbcStateRepository.DEFAULT_TABLE
            + " AS t (key, value, generation, updated_at) VALUES (?, ?, 1, now())"
            + " ON CONFLICT (key) DO UPDATE SET value = excluded.value, generation = t.generation + 1";

    private final DataSource database;
    private final JdbcStateRepository stored;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    LastOneWins(DataSource database) {
        this.database = database;
        this.stored = new JdbcStateRepository(database);
    }

    @Override
    protected void doStart() {
        stored.start();
    }

    @Override
    public void setState(String key, String value) {
        try (Connection connection = database.getConnection();
                PreparedStatement save = connection.prepareStatement(SAVE)) {
            save.setString(1, key);
            save.setString(2, value);
            save.executeUpdate();
            known.put(key, value);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String getState(String key) {
        return known.computeIfAbsent(key, stored::getState);
    }
}
