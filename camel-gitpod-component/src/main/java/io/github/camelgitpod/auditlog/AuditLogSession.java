package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.auditlog.reader.AuditLogReader;
import io.github.camelgitpod.auditlog.reader.AuditLogReaderSettings;
import io.github.camelgitpod.auditlog.reader.StartPosition;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.TokenOrganization;
import io.github.camelgitpod.state.CursorStore;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/** What a consumer holds from its start, or a resumption, to the next stop. */
record AuditLogSession(GitpodClient client, CursorStore cursorStore, AuditLogReader reader) {

    /**
     * Loads the cursor as it was saved last.
     *
     * @param previous the session before; null: this is the first
     * @param machine  this machine's clock
     * @param organizations whose token it is
     * @param requests runs the requests that read ahead
     */
    static AuditLogSession open(
            AuditLogSession previous,
            GitpodClient client,
            InstantSource machine,
            AuditLogReaderSettings settings,
            CursorStore cursorStore,
            TokenOrganization organizations,
            Executor requests) {
        AuditLogReader reader = new AuditLogReader(client, machine, settings, cursorStore, organizations, requests);
        StartPosition reset = previous == null ? null : previous.reader().pendingReset();
        if (reset != null) {
            // Asked for while the consumer was suspended.
            reader.resetTo(reset);
        }
        return new AuditLogSession(client, cursorStore, reader);
    }
}
