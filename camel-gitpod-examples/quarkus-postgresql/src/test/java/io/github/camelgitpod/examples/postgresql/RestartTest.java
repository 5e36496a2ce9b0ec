package io.github.camelgitpod.examples.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged application in processes of its own: killed, started again, and made to read everything once more. */
class RestartTest {
    private static final Path PACKAGED = Path.of("target/quarkus-app/quarkus-run.jar");
    private static final int HISTORY = 3_000;
    private static final int ENTRIES_PER_REQUEST = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final GitpodSimulator simulator =
            GitpodSimulator.builder().history(HISTORY).start();
    private EmbeddedPostgres postgres;
    private Process application;

    @BeforeEach
    void startDatabase() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterEach
    void stop() throws Exception {
        if (application != null) {
            application.destroyForcibly().waitFor();
        }
        postgres.close();
        simulator.close();
    }

    @Test
    void anEntryHasOneRowWhateverHappens() throws Exception {
        startApplication();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> count("audit_log") >= HISTORY / 3);
        application.destroyForcibly().waitFor();
        for (int i = 0; i < 10; i++) {
            simulator.auditLog().add(Entry.at(simulator.now()).withAction("Environment stopped"));
        }

        simulator.requests().clear();
        startApplication();
        await().atMost(PATIENCE).until(() -> rows().equals(sent()));
        assertThat(simulator.requests().count("ListAuditLogs"))
                .as("it goes on where it was, and does not read everything again")
                .isLessThan(HISTORY / ENTRIES_PER_REQUEST);
        application.destroy();
        application.waitFor();

        execute("DELETE FROM camel_gitpod_state");
        String before = value("SELECT max(inserted_at) FROM audit_log");
        Entry last = simulator.auditLog().add(Entry.at(simulator.now()).withAction("Environment started"));
        simulator.requests().clear();
        startApplication();
        await().atMost(PATIENCE).until(() -> rows().containsKey(last.id()));
        assertThat(simulator.requests().count("ListAuditLogs"))
                .as("it has read everything again")
                .isGreaterThanOrEqualTo(HISTORY / ENTRIES_PER_REQUEST);
        assertThat(rows()).isEqualTo(sent());
        assertThat(value("SELECT count(*) FROM audit_log WHERE inserted_at > '" + before + "'"))
                .isEqualTo("1");
    }

    private void startApplication() throws IOException {
        assertThat(PACKAGED).as("made by mvn package").exists();
        ProcessBuilder java = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(), "-Xmx256m", "-jar", PACKAGED.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File("target/application.log")));
        java.environment()
                .putAll(Map.of(
                        "GITPOD_API_KEY", simulator.accessToken(),
                        "GITPOD_BASE_URL", simulator.baseUrl(),
                        "QUARKUS_DATASOURCE_JDBC_URL", postgres.getJdbcUrl("postgres", "postgres")));
        application = java.start();
    }

    /** The rows' entries by id, as PostgreSQL writes {@code jsonb}. */
    private Map<String, Object> rows() throws SQLException, IOException {
        Map<String, Object> entries = new LinkedHashMap<>();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, entry FROM audit_log")) {
            while (rows.next()) {
                entries.put(rows.getString(1), new ObjectMapper().readTree(rows.getString(2)));
            }
        }
        return entries;
    }

    /** What the server has, in the same form. */
    private Map<String, Object> sent() throws IOException {
        Map<String, Object> entries = new LinkedHashMap<>();
        for (Entry entry : simulator.auditLog().entries()) {
            entries.put(entry.id(), new ObjectMapper().readTree(entry.json()));
        }
        return entries;
    }

    private int count(String table) throws SQLException {
        return Integer.parseInt(value("SELECT count(*) FROM " + table));
    }

    private String value(String query) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}
