package io.github.camelgitpod.machines;

import io.github.camelgitpod.state.JdbcStateRepository;
import io.github.camelgitpod.state.kafka.KafkaStateRepository;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.camel.spi.StateRepository;
import org.postgresql.ds.PGSimpleDataSource;

/** Where the state is kept. */
enum Store {
    POSTGRESQL("PostgreSQL") {
        @Override
        StateRepository<String, String> repository(String place) {
            return new JdbcStateRepository(database(place));
        }

        @Override
        Saves saves(String place) throws SQLException {
            return new TableSaves(database(place));
        }
    },
    /** The same table, by one that lets the last writer win. */
    LAST_ONE_WINS("a store in which the last writer wins") {
        @Override
        StateRepository<String, String> repository(String place) {
            return new LastOneWins(database(place));
        }

        @Override
        Saves saves(String place) throws SQLException {
            return new TableSaves(database(place));
        }
    },
    KAFKA("Kafka") {
        @Override
        StateRepository<String, String> repository(String place) {
            return new KafkaStateRepository(place);
        }

        /** Makes the topic, as the first machine does it. */
        @Override
        Saves saves(String place) {
            KafkaStateRepository repository = new KafkaStateRepository(place);
            repository.start();
            repository.stop();
            return new TopicSaves(place, repository.getTopic());
        }
    };

    private final String title;

    Store(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** @param place as {@link Servers#place(Store)} gives it */
    abstract StateRepository<String, String> repository(String place);

    /** What is saved there from now on; to be closed. */
    abstract Saves saves(String place) throws SQLException;

    private static DataSource database(String url) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(url);
        return database;
    }
}
