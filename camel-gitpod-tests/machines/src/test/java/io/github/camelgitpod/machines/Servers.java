package io.github.camelgitpod.machines;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;

/** What the machines share beside the organization: a PostgreSQL and a ZooKeeper, real ones. */
final class Servers implements AutoCloseable {
    private static final int TICK_MILLIS = 500;

    private final EmbeddedPostgres postgres;
    private final TestingServer zooKeeper;
    private final AtomicInteger databases = new AtomicInteger();

    Servers() throws Exception {
        postgres = EmbeddedPostgres.start();
        // Sessions are between 2 and 20 ticks long.
        zooKeeper = new TestingServer(new InstanceSpec(null, -1, -1, -1, true, -1, TICK_MILLIS, 60), true);
    }

    /** A database of its own. */
    String createDatabase() throws SQLException {
        String name = "machines" + databases.incrementAndGet();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return postgres.getJdbcUrl("postgres", name);
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
        try {
            zooKeeper.close();
        } finally {
            postgres.close();
        }
    }
}
