package io.github.camelgitpod.machines;

import io.github.camelgitpod.testing.kafka.KafkaBroker;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;

/** What the machines share beside the organization: a PostgreSQL, a ZooKeeper and, for each campaign that wants one, a Kafka, real ones. */
final class Servers implements AutoCloseable {
    private static final int TICK_MILLIS = 500;

    private final EmbeddedPostgres postgres;
    private final TestingServer zooKeeper;
    private final AtomicInteger databases = new AtomicInteger();
    private final List<KafkaBroker> brokers = new ArrayList<>();

    Servers() throws Exception {
        ExecutorService beside = Executors.newSingleThreadExecutor();
        Future<EmbeddedPostgres> starting = beside.submit(() -> EmbeddedPostgres.start());
        beside.shutdown();
        // Sessions are between 2 and 20 ticks long.
        zooKeeper = new TestingServer(new InstanceSpec(null, -1, -1, -1, true, -1, TICK_MILLIS, 60), true);
        postgres = starting.get();
    }

    /** A store of its own, for one campaign. */
    String place(Store store) throws IOException, SQLException {
        return switch (store) {
            case POSTGRESQL, LAST_ONE_WINS -> createDatabase();
            case KAFKA -> startKafka();
        };
    }

    private String createDatabase() throws SQLException {
        String name = "machines" + databases.incrementAndGet();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return postgres.getJdbcUrl("postgres", name);
    }

    private synchronized String startKafka() throws IOException {
        KafkaBroker broker = new KafkaBroker(Files.createTempDirectory("kafka"));
        brokers.add(broker);
        return broker.address();
    }

    /** Where processes that belong together find each other. */
    String place(Coordination coordination, Path directory) {
        return switch (coordination) {
            case ZOOKEEPER -> zooKeeper.getConnectString() + "/" + directory.getFileName();
            case FILE_LOCK -> directory.resolve("lock").toString();
            case NONE -> "";
        };
    }

    @Override
    public void close() throws IOException {
        brokers.forEach(KafkaBroker::close);
        try {
            zooKeeper.close();
        } finally {
            postgres.close();
        }
    }
}
