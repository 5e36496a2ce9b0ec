package io.github.camelgitpod.event.recovery;

import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.state.KnownStateStore;
import io.github.camelgitpod.state.RecoveredEntriesStore;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Recovers what was missed in the ways that the user has chosen: first what the audit log says, which is history, then what
 * is different now. Where one of them fails, the other is done all the same, and both are tried again.
 */
public final class GapRecovery implements Reconciler {
    private final AuditLogRecovery auditLog;
    private final Relist relist;
    /** What was told, also by attempts that failed or were stopped, until one succeeds. */
    private int synthetic;

    private int auditEntries;

    private GapRecovery(AuditLogRecovery auditLog, Relist relist) {
        this.auditLog = auditLog;
        this.relist = relist;
    }

    /**
     * @param query   what the stream carries
     * @param inside  whether other streams carry what is inside the environments, and this one recovers it for them
     * @param entries to recover the audit log's entries; null: not wanted
     * @param known   to list what there is and deliver the difference; null: not wanted
     * @param clock   the time of day
     */
    public static Reconciler of(
            EventQuery query,
            boolean inside,
            RecoveredEntriesStore entries,
            KnownStateStore known,
            InstantSource clock) {
        ResourceScope scope = new ResourceScope(query, inside);
        return new GapRecovery(
                entries == null ? null : new AuditLogRecovery(scope, entries, clock),
                known == null ? null : new Relist(scope, known, clock));
    }

    @Override
    public Recovered recover(GitpodClient client, StreamGap gap, Consumer<GitpodEvent> sink) throws IOException {
        IOException failure = null;
        try {
            readAuditLog(client, gap, sink);
        } catch (IOException e) {
            failure = e;
        }
        int relisted = 0;
        if (relist != null) {
            relisted = relist.run(client, event -> {
                sink.accept(event);
                synthetic++;
            });
        }
        if (failure != null) {
            throw failure;
        }
        return all(relisted);
    }

    @Override
    public Duration lookAgainIn() {
        return auditLog == null ? null : auditLog.lookAgainIn();
    }

    @Override
    public Recovered lookAgain(GitpodClient client, Consumer<GitpodEvent> sink) throws IOException {
        readAuditLog(client, null, sink);
        return all(0);
    }

    private void readAuditLog(GitpodClient client, StreamGap gap, Consumer<GitpodEvent> sink) throws IOException {
        if (auditLog != null) {
            auditLog.run(client, gap, event -> {
                sink.accept(event);
                auditEntries++;
            });
        }
    }

    private Recovered all(int relisted) {
        Recovered all = new Recovered(relisted, synthetic, auditEntries);
        synthetic = 0;
        auditEntries = 0;
        return all;
    }

    @Override
    public void observed(GitpodEvent event) {
        if (relist != null) {
            relist.observed(event);
        }
    }
}
