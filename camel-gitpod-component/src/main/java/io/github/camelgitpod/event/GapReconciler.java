package io.github.camelgitpod.event;

import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.GitpodEvent;
import io.github.camelgitpod.state.KnownStateStore;
import io.github.camelgitpod.state.RecoveredEntriesStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Recovers what was missed in the ways that the user has chosen: first what the audit log says, which is history, then what
 * is different now. Where one of them fails, the other is done all the same, and both are tried again.
 */
public final class GapReconciler implements Reconciler {
    private final AuditLogRecovery auditLog;
    private final Relist relist;
    /** Of attempts that failed in part, to be told with the one that does not. */
    private Recovered earlier = Recovered.NOTHING;

    private GapReconciler(AuditLogRecovery auditLog, Relist relist) {
        this.auditLog = auditLog;
        this.relist = relist;
    }

    /**
     * @param query   what the stream carries
     * @param entries to recover the audit log's entries; null: not wanted
     * @param known   to list what there is and deliver the difference; null: not wanted
     * @param clock   the time of day
     */
    public static Reconciler of(
            EventQuery query, RecoveredEntriesStore entries, KnownStateStore known, InstantSource clock) {
        ResourceScope scope = new ResourceScope(query);
        return new GapReconciler(
                entries == null ? null : new AuditLogRecovery(scope, entries, clock),
                known == null ? null : new Relist(scope, known, clock));
    }

    @Override
    public Recovered recover(GitpodClient client, StreamGap gap, Consumer<GitpodEvent> sink) throws IOException {
        int[] told = new int[2];
        Consumer<GitpodEvent> counted = event -> {
            sink.accept(event);
            told[event.synthetic() ? 0 : 1]++;
        };
        int relisted = 0;
        IOException failure = null;
        try {
            if (auditLog != null) {
                auditLog.run(client, gap, counted);
            }
        } catch (IOException e) {
            failure = e;
        }
        try {
            if (relist != null) {
                relisted = relist.run(client, counted);
            }
        } catch (IOException e) {
            failure = failure == null ? e : failure;
        }
        earlier = new Recovered(relisted, earlier.synthetic() + told[0], earlier.auditEntries() + told[1]);
        if (failure != null) {
            throw failure;
        }
        Recovered all = earlier;
        earlier = Recovered.NOTHING;
        return all;
    }

    @Override
    public void observed(GitpodEvent event) {
        if (relist != null) {
            relist.observed(event);
        }
    }
}
