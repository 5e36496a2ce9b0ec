package io.github.camelgitpod.testing;

import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;

/** A database of a test's own, which lives as long as this JVM, whether somebody is connected or not. */
public final class MemoryDatabase {
    private MemoryDatabase() {}

    /** @param settings of H2, such as {@code MODE=PostgreSQL} */
    public static JdbcDataSource create(String... settings) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;" + String.join(";", settings));
        return database;
    }
}
