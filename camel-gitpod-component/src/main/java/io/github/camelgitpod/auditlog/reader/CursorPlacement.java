package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.auditlog.walk.Walks;
import io.github.camelgitpod.client.GitpodClient;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Puts the cursor where a poll begins: at the start or at a reset if one is wanted, else where it is, which must not be ahead
 * of both clocks. Used by one thread at a time; resets are for any thread.
 */
final class CursorPlacement {
    private final GitpodClient client;
    private final Walks server;
    private final InstantSource machine;
    private final AuditLogReaderSettings settings;
    private final CursorKeeper keeper;
    private final OwnerCheck owner;
    private final ReadSchedule schedule;
    private final ReaderMonitor monitor;
    private volatile StartPosition reset;
    /** Where the user wanted it to begin. */
    private StartPosition start;

    CursorPlacement(
            GitpodClient client,
            Walks server,
            InstantSource machine,
            AuditLogReaderSettings settings,
            CursorKeeper keeper,
            OwnerCheck owner,
            ReadSchedule schedule,
            ReaderMonitor monitor) {
        this.client = client;
        this.server = server;
        this.machine = machine;
        this.settings = settings;
        this.keeper = keeper;
        this.owner = owner;
        this.schedule = schedule;
        this.monitor = monitor;
        this.start = settings.start();
    }

    /** The position of a reset that was not carried out yet; null: there is none. */
    StartPosition pendingReset() {
        return reset;
    }

    /** The next poll begins there. */
    void resetTo(StartPosition position) {
        reset = position;
    }

    /**
     * Puts it there, and says what time it is then.
     *
     * @throws CursorAheadException when the stored one is ahead of both clocks
     */
    Clocks place() throws IOException {
        StartPosition wanted = reset;
        Clocks clocks = readClocks();
        owner.beforePoll(wanted != null);
        boolean begins = wanted != null || !keeper.hasCursor();
        if (isDoubtful(clocks) || (!begins && isAhead(clocks))) {
            // The last answer may be old, if this machine has slept since, or wrong. Another one tells.
            ServerTime.probe(client, server.filterPlan().requests().get(0));
            clocks = readClocks();
        }
        monitor.clocks().observe(clocks);
        if (begins) {
            start = wanted != null ? wanted : start;
            keeper.beginAt(ServerTime.resolve(start, client, clocks));
            schedule.reset();
            monitor.fullyRead(null);
            // Another one may have been asked for meanwhile.
            if (reset == wanted) {
                reset = null;
            }
        } else if (isAhead(clocks)) {
            throw new CursorAheadException(keeper.cursor().watermark());
        }
        return clocks;
    }

    private Clocks readClocks() throws IOException {
        Instant serverTime =
                ServerTime.of(client, server.filterPlan().requests().get(0));
        return new Clocks(serverTime, machine.instant(), settings.lookback());
    }

    /** While they disagree, also what a full read goes by: since the last answer the other clock may be the wrong one. */
    private boolean isDoubtful(Clocks clocks) {
        boolean known = monitor.clocks().status().disagreement() != null;
        return monitor.clocks().isNews(clocks) || (known && schedule.isFullReadDue(clocks));
    }

    private boolean isAhead(Clocks clocks) {
        return clocks.areBehind(keeper.cursor().watermark(), start);
    }
}
