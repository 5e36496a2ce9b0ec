package io.github.camelgitpod.event.recovery;

import io.github.camelgitpod.auditlog.reader.AuditLogRangeReader;
import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.TimeRange;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.state.RecoveredEntries;
import io.github.camelgitpod.state.RecoveredEntriesStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the audit log's entries of gaps, each once. A gap is read when it has ended, and its last minutes once more when
 * entries that become visible late have had their time. What cannot be read now is read the next time.
 */
final class AuditLogRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLogRecovery.class);
    /** On either side of a gap: an event is sent some time after its entry was created, and clocks are read to the second. */
    private static final Duration MARGIN = Duration.ofSeconds(5);
    /** So late an entry may become visible, as with {@code gitpod:auditLogs}. */
    static final Duration LOOKBACK = Duration.ofMinutes(5);

    /** Gaps that follow each other so soon are read again together. */
    private static final Duration TOGETHER = Duration.ofMinutes(1);

    private static final int MAX_RANGES = 100;
    private static final int PRUNE_EVERY = 1_000;

    private final ResourceScope scope;
    private final AuditLogRangeReader log;
    private final RecoveredEntriesStore store;
    private final InstantSource clock;
    /** What was not read yet. */
    private List<TimeRange> unread;
    /** What was read, and not again yet. */
    private List<TimeRange> again;

    private Map<String, Instant> delivered;
    private Duration skew = Duration.ZERO;
    /** The end of the newest range there was. */
    private Instant newestEnd = Instant.EPOCH;

    private boolean refusalTold;

    AuditLogRecovery(ResourceScope scope, RecoveredEntriesStore store, InstantSource clock) {
        this.scope = scope;
        this.log = new AuditLogRangeReader(scope.auditLogFilter());
        this.store = store;
        this.clock = clock;
    }

    /**
     * Delivers what is visible of this gap, and of earlier ones what could not be read then, or is to be read again by now.
     *
     * @param gap null: none
     * @throws IOException when they cannot be read now; they are kept for the next time
     */
    void run(GitpodClient client, StreamGap gap, Consumer<GitpodEvent> sink) throws IOException {
        load();
        if (gap == null && unread.isEmpty() && again.isEmpty()) {
            return;
        }
        skew = skew(client);
        if (gap != null) {
            add(new TimeRange(
                    gap.from().plus(skew).minus(MARGIN), gap.to().plus(skew).plus(MARGIN)));
        }
        try {
            readAll(client, sink);
            tellRefusal(null);
        } catch (ApiException e) {
            if (e.mayPassByItself()) {
                throw e;
            }
            unread.clear();
            again.clear();
            tellRefusal(e);
        } finally {
            forgetOld();
            store.save(new RecoveredEntries(unread, again, delivered));
        }
    }

    /** After how long entries that became visible late can be read; null: there are none to wait for. */
    Duration lookAgainIn() {
        return again == null
                ? null
                : again.stream()
                        .map(range -> Duration.between(serverTime(), range.to().plus(LOOKBACK)))
                        .min(Comparator.naturalOrder())
                        .orElse(null);
    }

    private void load() {
        if (unread == null) {
            RecoveredEntries stored = store.load();
            unread = new ArrayList<>(stored.unread());
            again = new ArrayList<>(stored.again());
            delivered = new HashMap<>(stored.delivered());
        }
    }

    /** How far the server's clock, by which entries are dated, is ahead of ours; errs to the past, by less than the margin. */
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

    private void add(TimeRange range) {
        TimeRange all = range;
        // A gap that is told again, or one whose margin begins in the one before.
        for (TimeRange other : List.copyOf(unread)) {
            if (other.meets(all)) {
                unread.remove(other);
                all = all.with(other);
            }
        }
        unread.add(all);
        if (unread.size() > MAX_RANGES) {
            unread.add(0, unread.remove(0).with(unread.remove(0)));
        }
        newestEnd = newestEnd.isAfter(range.to()) ? newestEnd : range.to();
    }

    private void readAll(GitpodClient client, Consumer<GitpodEvent> sink) throws IOException {
        while (!unread.isEmpty()) {
            read(client, unread.get(0), sink);
            readAgainLater(unread.remove(0));
        }
        for (TimeRange range : List.copyOf(again)) {
            if (!serverTime().isBefore(range.to().plus(LOOKBACK))) {
                read(client, range, sink);
                again.remove(range);
            }
        }
    }

    private void readAgainLater(TimeRange range) {
        if (!serverTime().isBefore(range.to().plus(LOOKBACK))) {
            return;
        }
        TimeRange late = range.since(range.to().minus(LOOKBACK));
        TimeRange last = again.isEmpty() ? null : again.get(again.size() - 1);
        if (last != null && last.meets(late) && last.with(late).length().compareTo(TOGETHER) <= 0) {
            again.set(again.size() - 1, last.with(late));
        } else {
            again.add(late);
        }
    }

    private void read(GitpodClient client, TimeRange range, Consumer<GitpodEvent> sink) throws IOException {
        log.read(client, range, entry -> deliver(entry, range, sink));
    }

    private void deliver(AuditLogEntry entry, TimeRange range, Consumer<GitpodEvent> sink) {
        Instant at = entry.createdAt();
        String id = String.valueOf(entry.id());
        if (at == null || !range.contains(at) || !scope.admits(entry) || delivered.containsKey(id)) {
            return;
        }
        sink.accept(EntryEvents.of(entry, clock.instant()));
        delivered.put(id, at);
        Instant settled = range.to().minus(LOOKBACK);
        if (!unread.isEmpty() && unread.get(0).to().equals(range.to())) {
            // What comes after a failure begins here, but where entries can still become visible.
            unread.set(0, unread.get(0).since(at.isBefore(settled) ? at : settled));
        }
        if (delivered.size() % PRUNE_EVERY == 0) {
            forgetOld();
        }
    }

    /** The next gap may begin where the newest one ended, and the margins then have entries in common. */
    private void forgetOld() {
        Instant overlap = newestEnd.minus(MARGIN.multipliedBy(4));
        Instant needed = Stream.concat(unread.stream(), again.stream())
                .map(TimeRange::from)
                .filter(overlap::isAfter)
                .min(Comparator.naturalOrder())
                .orElse(overlap);
        delivered.values().removeIf(needed::isAfter);
    }

    /** Once, until it is over. */
    private void tellRefusal(ApiException refusal) {
        if (refusal != null && !refusalTold) {
            LOG.warn(
                    "Gaps of the event stream cannot be filled from the audit log, the stream goes on without. {}",
                    refusal.getMessage());
        } else if (refusal == null && refusalTold) {
            LOG.info("Gaps of the event stream can be filled from the audit log again");
        }
        refusalTold = refusal != null;
    }
}
