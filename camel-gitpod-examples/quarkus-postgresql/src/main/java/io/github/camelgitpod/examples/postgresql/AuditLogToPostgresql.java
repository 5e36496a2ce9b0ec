package io.github.camelgitpod.examples.postgresql;

import io.github.camelgitpod.model.AuditLogEntry;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.builder.RouteBuilder;

/** The audit log, from its beginning, into the table. */
@ApplicationScoped
public class AuditLogToPostgresql extends RouteBuilder {
    private final AuditLogTable table;

    AuditLogToPostgresql(AuditLogTable table) {
        this.table = table;
    }

    @Override
    public void configure() {
        from("gitpod:auditLogs?from=beginning&stateRepository=#bean:cursors")
                .routeId("audit-log")
                .process(exchange -> table.insert(exchange.getMessage().getBody(AuditLogEntry.class)));
    }
}
