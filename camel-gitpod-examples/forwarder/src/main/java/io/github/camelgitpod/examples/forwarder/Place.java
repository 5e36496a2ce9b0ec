package io.github.camelgitpod.examples.forwarder;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.camelgitpod.state.CrashSafeFileStateRepository;
import io.github.camelgitpod.state.JdbcStateRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.spi.StateRepository;

/** Where the place in the audit log is kept: in a directory, or in a database that several forwarders share. */
final class Place implements AutoCloseable {
    private static final String BEAN = "place";
    private static final int ENOUGH = 64 * 1024;
    /** A connection is needed for one short statement at a time. */
    private static final int CONNECTIONS = 1;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What is before an @ may be a password. */
    private static final Pattern NAMEABLE =
            Pattern.compile("(?s)^(jdbc:[a-z0-9]+(?:://[\\w.:,-]+(?=[/?;]|$)(?!.*@))?).*$");

    private final Settings settings;
    private HikariDataSource database;

    Place(Settings settings) {
        this.settings = settings;
    }

    /** What the route is told of it. */
    static Map<String, String> options(Settings settings) {
        return isShared(settings)
                ? Map.of(Settings.SOURCE + "stateRepository", "#bean:" + BEAN)
                : Map.of(Settings.SOURCE + "stateDirectory", settings.get("stateDirectory"));
    }

    /** Makes the database known to the route, if its options name it. */
    void bind(Run run, Map<String, String> options) {
        if (("#bean:" + BEAN).equals(options.get(Settings.SOURCE + "stateRepository"))) {
            run.bind(BEAN, repository());
        }
    }

    /** Tries it, and says in words how it is. */
    String check() throws Exception {
        if (isShared(settings)) {
            try (JdbcStateRepository repository = repository()) {
                repository.start();
                return "can be reached, and holds " + held(repository);
            } catch (Exception e) {
                throw explained(e);
            }
        }
        Path directory = Path.of(settings.get("stateDirectory"));
        try (CrashSafeFileStateRepository repository = new CrashSafeFileStateRepository(directory)) {
            repository.start();
            tryToWrite(directory);
            return "can be written, and holds " + held(repository);
        }
    }

    /** In words; of a URL only kind and host, since a password can be anywhere in it. */
    @Override
    public String toString() {
        return isShared(settings)
                ? "the database " + NAMEABLE.matcher(settings.get("state.url")).replaceFirst("$1")
                : "the state directory " + settings.get("stateDirectory");
    }

    /** A failure of the database, with the setting, its cause and what to do; any other one as it is. */
    Exception explained(Exception failure) {
        if (!isShared(settings) || !isOfDatabase(failure)) {
            return failure;
        }
        return new IllegalStateException("state.url: " + this + " cannot be used: " + SettingsException.reason(failure)
                + ". Look after it, and start the forwarder again; systemd and Kubernetes do that by themselves");
    }

    private static boolean isOfDatabase(Throwable failure) {
        return failure != null && (failure instanceof SQLException || isOfDatabase(failure.getCause()));
    }

    static void tryToWrite(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = Files.createTempFile(directory, ".check", null);
        try {
            // A full disk still takes an empty file.
            Files.write(file, new byte[ENOUGH]);
        } finally {
            Files.delete(file);
        }
    }

    private static boolean isShared(Settings settings) {
        return settings.get("state.url") != null;
    }

    private String held(StateRepository<String, String> repository) {
        return repository.getState(settings.get("name")) == null ? "no place yet" : "the place to go on";
    }

    private JdbcStateRepository repository() {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(settings.get("state.url"));
        pool.setUsername(settings.get("state.user"));
        pool.setPassword(settings.get("state.password"));
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setConnectionTimeout(PATIENCE.toMillis());
        // Whoever uses it first tells what is wrong.
        pool.setInitializationFailTimeout(-1);
        try {
            database = new HikariDataSource(pool);
        } catch (RuntimeException e) {
            throw new IllegalStateException(explained(e).getMessage());
        }
        return new JdbcStateRepository(database);
    }

    @Override
    public void close() {
        if (database != null) {
            database.close();
        }
    }
}
