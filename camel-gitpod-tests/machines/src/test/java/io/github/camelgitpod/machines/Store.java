package io.github.camelgitpod.machines;

import io.github.camelgitpod.state.JdbcStateRepository;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.camel.spi.StateRepository;

/** How the state is kept in the database. */
enum Store {
    POSTGRESQL(JdbcStateRepository::new),
    /** The same table, by one that lets the last writer win. */
    LAST_ONE_WINS(LastOneWins::new);

    private final Function<DataSource, StateRepository<String, String>> maker;

    Store(Function<DataSource, StateRepository<String, String>> maker) {
        this.maker = maker;
    }

    StateRepository<String, String> in(DataSource database) {
        return maker.apply(database);
    }
}
