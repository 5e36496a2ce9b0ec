package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.client.GitpodClient;
import java.io.IOException;
import java.time.Instant;

/** The server's time, by which the cursor moves: entries are dated by that clock, and ours can be wrong. */
final class ServerTime {
    private ServerTime() {}

    /**
     * Asks the server if no answer has told its time yet.
     *
     * @param filter what to ask for then
     * @throws IOException when the server does not tell its time
     */
    static Instant of(GitpodClient client, AuditLogFilter filter) throws IOException {
        if (client.serverTime().isEmpty()) {
            probe(client, filter);
        }
        return client.serverTime()
                .orElseThrow(() -> new IOException("The server's answers carry no Date, by which the cursor moves"));
    }

    /** The smallest request, which modern and legacy servers answer. */
    static void probe(GitpodClient client, AuditLogFilter filter) throws IOException {
        client.listAuditLogs(new AuditLogQuery(filter, null, null, null, 1, null));
    }
}
