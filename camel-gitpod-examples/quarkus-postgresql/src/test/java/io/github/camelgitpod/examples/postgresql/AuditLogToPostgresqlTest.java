package io.github.camelgitpod.examples.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.agroal.api.AgroalDataSource;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The organization's whole audit log is in the table, as it was sent. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class AuditLogToPostgresqlTest {
    GitpodSimulator simulator;

    @Inject
    AgroalDataSource dataSource;

    @Test
    void everyEntryHasItsRow() {
        await().atMost(ONE_MINUTE).untilAsserted(() -> assertThat(rows())
                .containsExactlyInAnyOrderElementsOf(simulator.auditLog().ids()));
    }

    private List<String> rows() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM audit_log")) {
            List<String> ids = new ArrayList<>();
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
            return ids;
        }
    }
}
