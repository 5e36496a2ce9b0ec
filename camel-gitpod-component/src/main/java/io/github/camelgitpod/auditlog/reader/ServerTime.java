package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.auditlog.walk.Granule;
import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** What only the server knows of the time. Entries are dated by its clock. */
public final class ServerTime {
    /** So much the clocks may differ for somebody who has no lookback of their own. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private ServerTime() {}

    /**
     * Where a position is at this moment; asks the server what time it is, if that matters.
     *
     * @param machine by this machine's clock
     * @throws IOException when the server does not tell its time
     */
    public static Instant resolve(StartPosition position, GitpodClient client, Instant machine) throws IOException {
        if (position.instant() != null) {
            return position.instant();
        }
        return resolve(position, client, new Clocks(of(client, AuditLogFilter.ALL), machine, TOLERANCE));
    }

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

    /**
     * The newest entries of the smallest request, which modern and legacy servers answer; its answer tells the time anew.
     */
    static List<AuditLogEntry> probe(GitpodClient client, AuditLogFilter filter) throws IOException {
        return client.listAuditLogs(new AuditLogQuery(filter, null, null, null, 1, null))
                .entries();
    }

    /**
     * Where a position is. If the clocks disagree, the present is right after the newest entry there is, as far as that
     * lies between them: by the wrong clock all old entries would come, or the next ones would not.
     */
    static Instant resolve(StartPosition position, GitpodClient client, Clocks clocks) throws IOException {
        if (position.instant() != null || clocks.agree()) {
            return position.resolve(clocks.earliest());
        }
        Instant afterNewest = probe(client, AuditLogFilter.ALL).stream()
                .map(AuditLogEntry::createdAt)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .map(newest -> Granule.ceil(newest.plusNanos(1)))
                .orElse(null);
        return position.resolve(clocks.present(afterNewest));
    }
}
