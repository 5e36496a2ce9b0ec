package io.github.camelgitpod.examples.postgresql;

import io.agroal.api.AgroalDataSource;
import io.github.camelgitpod.model.AuditLogEntry;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;

/**
 * The table {@code audit_log}: a row for each entry, with the columns that are asked for most and the whole entry as
 * {@code jsonb}.
 */
@Startup
@ApplicationScoped
public class AuditLogTable {
    private static final String CREATE = """
            CREATE TABLE IF NOT EXISTS audit_log (
              id              text PRIMARY KEY,
              created_at      timestamptz,
              actor_id        text,
              actor_principal text,
              subject_id      text,
              subject_type    text,
              action          text,
              entry           jsonb NOT NULL,
              inserted_at     timestamptz NOT NULL DEFAULT now()
            )""";

    /** An entry that comes again, after a crash or when the log is read anew, changes nothing. */
    private static final String INSERT = """
            INSERT INTO audit_log
              (id, created_at, actor_id, actor_principal, subject_id, subject_type, action, entry)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb)
            ON CONFLICT (id) DO NOTHING
            """;

    private final AgroalDataSource dataSource;

    AuditLogTable(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    @PostConstruct
    void create() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(CREATE);
        }
    }

    /** Committed when this returns: the cursor may then move on. */
    void insert(AuditLogEntry entry) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, entry.id());
            insert.setObject(
                    2, entry.createdAt() == null ? null : entry.createdAt().atOffset(ZoneOffset.UTC));
            insert.setString(3, entry.actorId());
            insert.setString(4, entry.actorPrincipal());
            insert.setString(5, entry.subjectId());
            insert.setString(6, entry.subjectType());
            insert.setString(7, entry.action());
            insert.setString(8, entry.json().toString());
            insert.executeUpdate();
        }
    }
}
