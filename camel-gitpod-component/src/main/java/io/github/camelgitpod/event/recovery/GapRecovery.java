package io.github.camelgitpod.event.recovery;

import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.SteadyClock;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.state.KnownStateStore;
import io.github.camelgitpod.state.RecoveredEntriesStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Recovers what one stream missed, in the ways that the user has chosen: first what the audit log says, which is history,
 * then what is different now. Where one of them fails, the other is done all the same, and both are tried again. Used by one
 * thread at a time.
 */
public final class GapRecovery {
    private final AuditLogRecovery auditLog;
    private final Relist relist;
    /** Events that were delivered, also by attempts that failed or were stopped, until one succeeds. */
    private int synthetic;

    private int auditEntries;

    /**
     * What was recovered of a gap.
     *
     * @param relisted     resources that the server listed
     * @param synthetic    events made from what had changed among them
     * @param auditEntries events made from entries of the audit log
     */
    public record Recovered(int relisted, int synthetic, int auditEntries) {
        /** Of a gap for which nothing was asked. */
        public static final Recovered NOTHING = new Recovered(0, 0, 0);
    }

    private GapRecovery(AuditLogRecovery auditLog, Relist relist) {
        this.auditLog = auditLog;
        this.relist = relist;
    }

    /** Recovers nothing. */
    public static GapRecovery none() {
        return new GapRecovery(null, null);
    }

    /**
     * @param query   what the stream carries
     * @param inside  whether other streams carry what is inside the environments, and this one recovers it for them
     * @param entries to recover the audit log's entries; null: not wanted
     * @param known   to list what there is and deliver the difference; null: not wanted
     * @param clock   by whose moments gaps are told
     * @param spill   a directory where pages of an older server may wait; null: where temporary files are
     */
    public static GapRecovery of(
            EventQuery query,
            boolean inside,
            RecoveredEntriesStore entries,
            KnownStateStore known,
            SteadyClock clock,
            Path spill) {
        ResourceScope scope = new ResourceScope(query, inside);
        return new GapRecovery(
                entries == null ? null : new AuditLogRecovery(scope, entries, clock, spill),
                known == null ? null : new Relist(scope, known, clock));
    }

    /** Whether nothing will ever be recovered. */
    public boolean isNone() {
        return auditLog == null && relist == null;
    }

    /**
     * To be called when a connection was opened; what it brings is delivered after this returns.
     *
     * @param client of the connection; closed when the stream is stopped, which ends the recovery, too
     * @param gap    what was missed before it; null for the first connection, where nothing was
     * @param sink   is given each recovered event, in order; delivers it before it returns, and tells whether the route wants
     *               such events: only those count
     * @return what was recovered
     * @throws IOException when what was missed cannot be asked for now; to be called again then
     */
    public Recovered recover(GitpodClient client, StreamGap gap, Predicate<GitpodEvent> sink) throws IOException {
        IOException failure = null;
        try {
            readAuditLog(client, gap, sink);
        } catch (IOException e) {
            failure = e;
        }
        int relisted = 0;
        if (relist != null) {
            if (gap != null) {
                relist.missed(gap.from());
            }
            relisted = relist.run(client, event -> synthetic += sink.test(event) ? 1 : 0);
        }
        if (failure != null) {
            throw failure;
        }
        return all(relisted);
    }

    /** The route has everything that happened until then. */
    public void delivered(Instant upTo) {
        if (relist != null) {
            relist.delivered(upTo);
        }
    }

    /** A line of the stream was missed, at this moment; {@link #recover} is called later. */
    public void missed(Instant at) {
        if (relist != null) {
            relist.missed(at);
        }
    }

    /**
     * After how long to look for what became visible late of the gaps before, and for what the stream's events have changed; asked
     * after each recovery and each look.
     *
     * @return null: never
     */
    public Duration lookAgainIn() {
        return Stream.of(lateEntriesIn(), relist == null ? null : relist.lookIn())
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private Duration lateEntriesIn() {
        return auditLog == null ? null : auditLog.lookAgainIn();
    }

    /**
     * Looks for it; between events of the stream.
     *
     * @param upTo until then the route has everything; null: it is not known
     * @throws IOException when it cannot be asked for now
     */
    public Recovered lookAgain(GitpodClient client, Instant upTo, Predicate<GitpodEvent> sink) throws IOException {
        if (isDue(lateEntriesIn())) {
            readAuditLog(client, null, sink);
        }
        if (relist != null && isDue(relist.lookIn())) {
            relist.look(client, upTo);
        }
        return all(0);
    }

    private static boolean isDue(Duration in) {
        return in != null && in.compareTo(Duration.ZERO) <= 0;
    }

    /** To be called before an event of the stream is delivered. */
    public void observed(GitpodEvent event) {
        if (relist != null) {
            relist.observed(event);
        }
    }

    private void readAuditLog(GitpodClient client, StreamGap gap, Predicate<GitpodEvent> sink) throws IOException {
        if (auditLog != null) {
            auditLog.run(client, gap, event -> auditEntries += sink.test(event) ? 1 : 0);
        }
    }

    private Recovered all(int relisted) {
        Recovered all = new Recovered(relisted, synthetic, auditEntries);
        synthetic = 0;
        auditEntries = 0;
        return all;
    }
}
