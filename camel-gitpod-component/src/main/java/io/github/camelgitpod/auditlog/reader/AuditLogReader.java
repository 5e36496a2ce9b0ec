package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.auditlog.walk.ReadAhead;
import io.github.camelgitpod.auditlog.walk.SpillDirectory;
import io.github.camelgitpod.auditlog.walk.Walks;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.TimeRange;
import io.github.camelgitpod.client.TokenOrganization;
import io.github.camelgitpod.state.CursorStore;
import io.github.camelgitpod.state.OvertakenException;
import io.github.camelgitpod.state.Standby;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Delivers every entry of the audit log that becomes visible within the lookback of its creation. None is lost: the watermark
 * moves only past what was delivered, and stays a lookback behind the server's clock and this machine's. After a crash at
 * most {@code commitEvery} entries come twice. The page src-docs/modules/ROOT/pages/delivery.adoc explains why this holds.
 *
 * <p>Polled by one thread at a time; the status, the progress and resets are for any thread.
 */
public final class AuditLogReader {
    private final AuditLogReaderSettings settings;
    private final CursorKeeper keeper;
    private final OwnerCheck owner;
    private final Walks server;
    private final ReaderMonitor monitor;
    private final Sweep sweep;
    private final ReadSchedule schedule;
    private final CursorPlacement placement;
    private final Standby standby;
    private final Rest rest = new Rest(System::nanoTime);
    private volatile boolean finished;
    private volatile boolean complete;
    private Duration untilEnd;

    /**
     * @param machine  this machine's clock
     * @param store    holds the cursor; a stored one takes precedence over the settings' start
     * @param organizations whose token it is; kept by the caller for the next reader
     * @param requests      runs the requests that read ahead; needs a thread for each concurrent request of the settings
     * @throws IllegalArgumentException when the stored cursor was made with another filter, or at another address
     * @throws IllegalStateException    when the stored cursor cannot be read
     */
    public AuditLogReader(
            GitpodClient client,
            InstantSource machine,
            AuditLogReaderSettings settings,
            CursorStore store,
            TokenOrganization organizations,
            Executor requests) {
        this(
                client,
                machine,
                settings,
                store,
                organizations,
                ReadAhead.of(
                        client, settings.concurrentRequests(), settings.pageSize(), settings.maxEntries(), requests),
                System::nanoTime);
    }

    AuditLogReader(
            GitpodClient client,
            InstantSource machine,
            AuditLogReaderSettings settings,
            CursorStore store,
            TokenOrganization organizations,
            ReadAhead readAhead,
            LongSupplier nanoTime) {
        this.settings = settings;
        this.keeper = new CursorKeeper(settings, store, machine, nanoTime);
        this.standby = new Standby("the cursor", nanoTime);
        this.owner = new OwnerCheck(client, organizations, keeper);
        SpillDirectory directory = SpillDirectory.in(settings.spillDirectory());
        directory.clean();
        boolean legacy = Walks.Kind.LEGACY.name().equals(keeper.server());
        this.server = new Walks(
                client,
                settings.filter(),
                settings.pageSize(),
                readAhead,
                directory,
                legacy ? Walks.Kind.LEGACY : Walks.Kind.MODERN);
        this.monitor = new ReaderMonitor(client::requestsSent);
        this.sweep = new Sweep(settings, server, keeper, monitor, owner);
        this.schedule = new ReadSchedule(settings);
        this.placement = new CursorPlacement(client, server, machine, settings, keeper, owner, schedule, monitor);
        monitor.publish(keeper.cursor(), server.kind());
    }

    /** Whether everything before the settings' end was delivered: polls do nothing then. */
    public boolean isFinished() {
        return finished;
    }

    /**
     * After how long a poll can be the last one, as of the last poll; for the thread that polls.
     *
     * @return null: there is no end, or it may be reached by any poll
     */
    public Duration untilEnd() {
        return untilEnd;
    }

    /** Whether the last poll that did not fail has delivered everything that there was. */
    public boolean isComplete() {
        return complete;
    }

    /** Whether another consumer goes on with the cursor: polls deliver nothing then. */
    public boolean isStandby() {
        return standby.isOn();
    }

    /** How often another consumer went on with the cursor. */
    public long overtaken() {
        return standby.times();
    }

    /** How often the cursor was saved. */
    public long saves() {
        return keeper.saves().count();
    }

    /** How often the cursor, or what goes with it, could not be saved. */
    public long saveFailures() {
        return keeper.saves().failures();
    }

    /** Who hears of each entry that became visible late how late that was at most; the last one given. */
    public void onLate(Consumer<Duration> listener) {
        monitor.onLate(listener);
    }

    /** The latenesses that are told apart where they are counted. */
    public static List<Duration> latenessBounds() {
        return LatenessMeter.BOUNDS;
    }

    /** How far the delivery is. */
    public AuditLogStatus status() {
        return monitor.status();
    }

    /** What was delivered without a break, as it was saved last; null: nothing was delivered yet. */
    public CoverageReport coverage() {
        return keeper.coverageReport();
    }

    /** How far a read that is under way has come. */
    public ReadProgress progress() {
        return monitor.progress().current();
    }

    /** Whether the server's clock and this machine's agree. */
    public ClockStatus clocks() {
        return monitor.clocks().status();
    }

    /** The position of a reset that no poll has carried out yet; null: there is none. */
    public StartPosition pendingReset() {
        return placement.pendingReset();
    }

    /** Makes the next poll forget the cursor and begin at the position. */
    public void resetTo(StartPosition position) {
        finished = false;
        placement.resetTo(position);
    }

    /**
     * Delivers what is new. After another consumer has saved the cursor this one delivers at most what it had in hand, and
     * then nothing until the other one no longer saves.
     *
     * @return how many entries were confirmed
     */
    public int poll(Delivery delivery) throws IOException {
        if (finished) {
            return 0;
        }
        if (pendingReset() == null) {
            rest.check();
        }
        try {
            if (!isItsTurn()) {
                return 0;
            }
            int confirmed = pollNow(delivery);
            rest.end();
            standby.calm();
            return confirmed;
        } catch (OvertakenException e) {
            complete = false;
            standby.begin(e);
            return 0;
        } catch (IOException e) {
            if (Rest.isNeededAfter(e)) {
                rest.begin(e);
            }
            throw e;
        }
    }

    /** Whether this consumer has the cursor; if the other one has stood still for long, it has it from now on. */
    private boolean isItsTurn() {
        if (standby.isOn()) {
            boolean wanted = pendingReset() != null;
            if (!standby.isOver(keeper.stored()) && !wanted) {
                return false;
            }
            keeper.readAnew();
            schedule.reset();
            monitor.fullyRead(null);
            monitor.publish(keeper.cursor(), server.kind());
            standby.end(wanted ? "its reset is wanted" : "the other one has not saved it for a while");
        }
        return true;
    }

    private int pollNow(Delivery delivery) throws IOException {
        Clocks clocks = placement.place();
        // Saves what an earlier poll could not. If that fails again, nothing is delivered: so never more than
        // commitEvery entries are delivered and not saved.
        keeper.save();
        Instant present = clocks.present(keeper.cursor().newest());
        // What was created before this time, and became visible within the lookback, is visible to the first request.
        Instant settled = clocks.settled();
        untilEnd = settings.to() == null || !settings.to().isAfter(settled)
                ? null
                : Duration.between(settled, settings.to());
        schedule.begin(keeper.cursor(), clocks);
        boolean full = schedule.isFullReadDue(clocks);
        Poll poll = new Poll(server, keeper, monitor, owner, present, full ? settled : null);
        int swept = 0;
        try {
            if (full) {
                server.lookForUpgrade(
                        keeper.cursor().watermark(), keeper.cursor().newest());
            }
            complete = poll.run(ranges(full, clocks, present), delivery);
            if (complete && full) {
                Instant bound = settings.to() == null ? settled : Clocks.earlier(settled, settings.to());
                keeper.advanceTo(bound);
                monitor.fullyRead(bound);
                schedule.fullyRead(clocks);
                finished = settings.to() != null
                        && !keeper.isHeld()
                        && !settings.to().isAfter(settled);
                keeper.fullyRead(bound, clocks, finished);
                swept = sweep.isDue(clocks) ? sweep.run(clocks, present, delivery) : 0;
            }
        } finally {
            poll.save();
        }
        return poll.confirmed() + swept;
    }

    private List<TimeRange> ranges(boolean full, Clocks clocks, Instant present) {
        AuditLogCursor cursor = keeper.cursor();
        if (!full) {
            return List.of(schedule.tail(cursor, clocks));
        }
        // A legacy server is read from the newest entry back, so leaving out the middle saves nothing.
        return server.kind() == Walks.Kind.LEGACY
                ? List.of(schedule.everything(cursor, clocks))
                : schedule.withoutTheMiddle(cursor, clocks, present);
    }
}
