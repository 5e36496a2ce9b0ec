package io.github.camelgitpod.event.recovery;

import io.github.camelgitpod.auditlog.reader.AuditLogRangeReader;
import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.SteadyClock;
import io.github.camelgitpod.client.TimeRange;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.state.RecoveredEntries;
import io.github.camelgitpod.state.RecoveredEntriesStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Delivers the audit log's entries of gaps, each once. A gap is read when it has ended, and its last minutes once more after
 * {@link #LOOKBACK}, since entries can become visible late. What cannot be read now is read the next time.
 */
final class AuditLogRecovery {
    /** On either side of a gap: an event is sent some time after its entry was created, and clocks are read to the second. */
    private static final Duration MARGIN = Duration.ofSeconds(5);
    /** So late an entry may become visible, as with {@code gitpod:auditLogs}. */
    static final Duration LOOKBACK = Duration.ofMinutes(5);

    private static final int PRUNE_EVERY = 1_000;

    private final ResourceScope scope;
    private final AuditLogRangeReader log;
    private final RecoveredEntriesStore store;
    private final SteadyClock clock;
    private final Refusal refusal;
    /** Null: not loaded yet. */
    private RangesToRead ranges;
    /** The keys of entries that were delivered and may be read again, with their creation time. */
    private Map<String, Instant> delivered;

    private Duration skew = Duration.ZERO;

    /** @param spill a directory where pages of an older server may wait; null: where temporary files are */
    AuditLogRecovery(ResourceScope scope, RecoveredEntriesStore store, SteadyClock clock, Path spill) {
        this.scope = scope;
        this.log = new AuditLogRangeReader(scope.auditLogFilter(), spill);
        this.store = store;
        this.clock = clock;
        this.refusal = new Refusal(
                "Gaps of the event stream cannot be recovered from the audit log, and the stream goes on without it.",
                "Gaps of the event stream can be recovered from the audit log again",
                clock);
    }

    /**
     * Delivers what is visible of this gap; also what could not be read of earlier gaps, or has to be read again by now.
     *
     * @param gap null: none
     * @throws IOException when they cannot be read now; they are kept for the next time
     */
    void run(GitpodClient client, StreamGap gap, Consumer<GitpodEvent> sink) throws IOException {
        load();
        if (gap == null && ranges.isEmpty()) {
            return;
        }
        skew = skew(client);
        if (gap != null) {
            ranges.add(range(gap.from().plus(skew), gap.to().plus(skew)));
            Instant from = clock.timeOfDay(gap.from());
            if (Duration.between(from, gap.from().plus(skew)).abs().compareTo(MARGIN) > 0) {
                // Either clock can be wrong. In the range of the one that is, there is nothing, or what may come twice.
                ranges.add(range(from, clock.timeOfDay(gap.to())));
            }
        }
        try {
            readAll(client, sink);
            refusal.over();
        } catch (ApiException e) {
            refusal.refused(e);
            ranges.clear();
        } finally {
            forgetOld();
            store.save(ranges.with(delivered));
        }
    }

    /** After how long entries that became visible late can be read; null: there are none to wait for. */
    Duration lookAgainIn() {
        return ranges == null ? null : ranges.untilNext(serverTime());
    }

    private void load() {
        if (ranges == null) {
            RecoveredEntries stored = store.load();
            ranges = new RangesToRead(stored.unread(), stored.again(), LOOKBACK);
            delivered = new HashMap<>(stored.delivered());
        }
    }

    private static TimeRange range(Instant from, Instant to) {
        return new TimeRange(from.minus(MARGIN), to.plus(MARGIN));
    }

    /** How far the server's clock, which dates the entries, is ahead of ours; may come out too small, by less than the margin. */
    private Duration skew(GitpodClient client) throws IOException {
        if (client.serverTime().isEmpty()) {
            client.authenticatedIdentity();
        }
        return client.serverTime()
                .map(time -> Duration.between(clock.instant(), time))
                .orElse(Duration.ZERO);
    }

    private Instant serverTime() {
        return clock.instant().plus(skew);
    }

    private void readAll(GitpodClient client, Consumer<GitpodEvent> sink) throws IOException {
        for (TimeRange range = ranges.next(); range != null; range = ranges.next()) {
            read(client, range, sink);
            ranges.read(serverTime());
        }
        for (TimeRange range : ranges.dueAgain(serverTime())) {
            read(client, range, sink);
            ranges.readAgain(range);
        }
    }

    private void read(GitpodClient client, TimeRange range, Consumer<GitpodEvent> sink) throws IOException {
        log.read(client, range, entry -> deliver(entry, range, sink));
    }

    private void deliver(AuditLogEntry entry, TimeRange range, Consumer<GitpodEvent> sink) {
        Instant at = entry.createdAt();
        String key = entry.key();
        if (at == null || !range.contains(at) || !scope.admits(entry) || delivered.containsKey(key)) {
            return;
        }
        sink.accept(EntryEvents.of(entry, clock.instant()));
        delivered.put(key, at);
        ranges.readUpTo(at, range);
        if (delivered.size() % PRUNE_EVERY == 0) {
            forgetOld();
        }
    }

    /** The next gap may begin where the newest one ended, and the margins then have entries in common. */
    private void forgetOld() {
        Instant needed = ranges.neededSince(MARGIN.multipliedBy(4));
        delivered.values().removeIf(needed::isAfter);
    }
}
