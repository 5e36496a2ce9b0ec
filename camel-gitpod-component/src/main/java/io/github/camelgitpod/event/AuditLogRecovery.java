package io.github.camelgitpod.event;

import io.github.camelgitpod.auditlog.AuditLogRange;
import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.AuditLogEntry;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.GitpodEvent;
import io.github.camelgitpod.state.RecoveredEntries;
import io.github.camelgitpod.state.RecoveredEntries.Range;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the audit log's entries of gaps, each once. A gap is read when it has ended, and its last minutes once more when
 * entries that become visible late have had their time, or with the next gap, whichever is first. What cannot be read now is
 * read with the next gap.
 */
final class AuditLogRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLogRecovery.class);
    /** On either side of a gap: an event is sent some time after its entry was created, and clocks are read to the second. */
    private static final Duration MARGIN = Duration.ofSeconds(5);
    /** So late an entry may become visible, as with {@code gitpod:auditLogs}. */
    static final Duration LOOKBACK = Duration.ofMinutes(5);

    private static final int MAX_RANGES = 100;
    private static final int PRUNE_EVERY = 1_000;

    private final ResourceScope scope;
    private final AuditLogRange log;
    private final RecoveredEntriesStore store;
    private final InstantSource clock;
    private List<Range> ranges;
    private Map<String, Instant> delivered;
    private Duration skew = Duration.ZERO;
    /** The end of the newest range there was. */
    private Instant newestEnd = Instant.EPOCH;
    /** The creation time of the entry delivered last. */
    private Instant reached;

    private boolean refusalTold;

    AuditLogRecovery(ResourceScope scope, RecoveredEntriesStore store, InstantSource clock) {
        this.scope = scope;
        this.log = new AuditLogRange(scope.auditLogFilter());
        this.store = store;
        this.clock = clock;
    }

    /**
     * Delivers what is visible of this gap, and of earlier ones what was not.
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
            add(new Range(
                    gap.from().plus(skew).minus(MARGIN), gap.to().plus(skew).plus(MARGIN)));
        }
        reached = Instant.MIN;
        try {
            log.read(client, begin(), end(), entry -> deliver(entry, sink));
            Instant now = clock.instant().plus(skew);
            ranges.removeIf(range -> !now.isBefore(range.to().plus(LOOKBACK)));
            reached = Instant.MAX;
            tellRefusal(null);
        } catch (ApiException e) {
            if (e.isTransient() || e.status() == 401) {
                throw e;
            }
            ranges.clear();
            tellRefusal(e);
        } finally {
            ranges.replaceAll(this::rest);
            forgetOld();
            store.save(new RecoveredEntries(ranges, delivered));
        }
    }

    /** After how long entries that became visible late can be read; null: there are none to wait for. */
    Duration lookAgainIn() {
        return ranges == null
                ? null
                : ranges.stream()
                        .map(range -> Duration.between(
                                clock.instant().plus(skew), range.to().plus(LOOKBACK)))
                        .min(Comparator.naturalOrder())
                        .orElse(null);
    }

    private void load() {
        if (ranges == null) {
            RecoveredEntries stored = store.load();
            ranges = new ArrayList<>(stored.ranges());
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

    private void add(Range range) {
        // Of a gap that is told again, and by clocks that were read again.
        ranges.removeIf(
                other -> !range.from().isAfter(other.from()) && !range.to().isBefore(other.to()));
        Range inner = new Range(range.from().plus(MARGIN), range.to().minus(MARGIN));
        if (ranges.stream()
                .noneMatch(other ->
                        !other.from().isAfter(inner.from()) && !other.to().isBefore(inner.to()))) {
            ranges.add(range);
        }
        if (ranges.size() > MAX_RANGES) {
            ranges.add(0, new Range(ranges.remove(0).from(), ranges.remove(0).to()));
        }
        newestEnd = newestEnd.isAfter(range.to()) ? newestEnd : range.to();
    }

    private void deliver(AuditLogEntry entry, Consumer<GitpodEvent> sink) {
        Instant at = entry.createdAt();
        boolean wanted = at != null && ranges.stream().anyMatch(range -> range.has(at)) && scope.admits(entry);
        String id = String.valueOf(entry.id());
        if (wanted && !delivered.containsKey(id)) {
            sink.accept(EntryEvents.of(entry, clock.instant()));
            delivered.put(id, at);
            reached = at;
            if (delivered.size() % PRUNE_EVERY == 0) {
                forgetOld();
            }
        }
    }

    /** What is to be read again of a range: what was not reached, and where entries can still become visible. */
    private Range rest(Range range) {
        Instant settled = range.to().minus(LOOKBACK);
        Instant done = reached.isBefore(settled) ? reached : settled;
        return done.isAfter(range.from()) ? new Range(done, range.to()) : range;
    }

    /** The next gap may begin where the newest one ended, and the margins then have entries in common. */
    private void forgetOld() {
        Instant overlap = newestEnd.minus(MARGIN.multipliedBy(4));
        Instant needed = ranges.stream()
                .map(range -> rest(range).from())
                .filter(overlap::isAfter)
                .min(Comparator.naturalOrder())
                .orElse(overlap);
        delivered.values().removeIf(needed::isAfter);
    }

    private Instant begin() {
        return ranges.stream().map(Range::from).min(Comparator.naturalOrder()).orElseThrow();
    }

    private Instant end() {
        return ranges.stream().map(Range::to).max(Comparator.naturalOrder()).orElseThrow();
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
