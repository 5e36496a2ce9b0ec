package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.auditlog.walk.AdversarialServer;
import io.github.camelgitpod.auditlog.walk.AdversarialServer.Row;
import io.github.camelgitpod.auditlog.walk.AdversarialServer.Tokens;
import io.github.camelgitpod.auditlog.walk.EntryMaker;
import io.github.camelgitpod.auditlog.walk.LegacyServerException;
import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.TokenOrganization;
import io.github.camelgitpod.state.CoverageState.Span;
import io.github.camelgitpod.state.CursorStores;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** One server, one sink, and one process after the other between them. Everything follows from the seed. */
final class History {
    private static final int POLLS_AFTER_THE_FAULTS = 8;

    private final Campaign campaign;
    private final long seed;
    private final Random random;
    private final AdversarialServer server;
    private final Sink sink;
    private final MortalRepository disk;
    private final LyingClock serverClock;
    private final LyingClock machineClock;
    private final Instant end;
    private final List<String> faults = new ArrayList<>();
    private AuditLogReader reader;
    private boolean sweeping = true;
    private Instant sweepsKnowSince = Instant.MIN;

    History(Campaign campaign, long seed) {
        this.campaign = campaign;
        this.seed = seed;
        random = new Random(seed);
        Tokens drawn = random.nextBoolean() ? Tokens.OFFSET : Tokens.KEYSET;
        server = new AdversarialServer(random, campaign.tokens != null ? campaign.tokens : drawn, EntryMaker.ZERO);
        sink = new Sink(campaign, random);
        disk = new MortalRepository(sink, random, new Random(~seed), campaign.storeFailures);
        EntryMaker entries = new EntryMaker(campaign, random);
        end = entries.fill(server.rows).plusSeconds(400);
        Random lies = new Random(~seed);
        serverClock = new LyingClock(campaign.serverClock, lies, EntryMaker.ZERO, campaign.spread);
        machineClock = new LyingClock(campaign.machineClock, lies, EntryMaker.ZERO, campaign.spread);
    }

    /** First a time with faults, then a time without, in which everything must arrive. */
    void live() {
        server.dialect = campaign.dialect;
        server.requestTakes = campaign.requestTakes;
        server.dateLags = campaign.dateLags;
        server.clock = serverClock::at;
        server.badTokens = campaign.badTokens;
        server.emptyPages = campaign.emptyPages;
        server.errors = campaign.errors;
        open();
        Duration whole = Duration.between(EntryMaker.ZERO, end);
        server.laterDialect = campaign.laterDialect;
        server.changesAt = EntryMaker.ZERO.plus(whole.minusSeconds(400).dividedBy(2));
        while (server.now.isBefore(end)) {
            server.now = server.now.plus(campaign.pollEvery.multipliedBy(campaign.spread));
            if (campaign.sweepsPause) {
                pauseSweeps(Duration.between(EntryMaker.ZERO, server.now).toSeconds() * 3 / whole.toSeconds() == 1);
            }
            if (random.nextDouble() < campaign.reopenings) {
                open();
            }
            poll();
        }
        pauseSweeps(false);
        server.recover();
        serverClock.recover();
        machineClock.recover();
        sink.recover();
        disk.recover();
        if (campaign.futureDated > 0) {
            finish();
            server.now = server.now.plus(EntryMaker.FUTURE);
        }
        finish();
        judge();
    }

    private void finish() {
        for (int i = 0; i < POLLS_AFTER_THE_FAULTS; i++) {
            server.now = server.now.plus(Campaign.LOOKBACK);
            poll();
        }
    }

    private void pauseSweeps(boolean pause) {
        if (sweeping == pause) {
            sweeping = !pause;
            open();
            sweepsKnowSince = sweeping ? reader.status().watermark() : sweepsKnowSince;
        }
    }

    /** As a new process, or a resumed route, would. */
    private void open() {
        reader = new AuditLogReader(
                server,
                () -> machineClock.at(server.now),
                campaign.settings(sweeping),
                CursorStores.withSmallParts(disk, MortalRepository.HISTORY, seed),
                new TokenOrganization(),
                campaign.readAhead(new Random(seed)),
                () -> Duration.between(EntryMaker.ZERO, server.now).toNanos());
        sink.reopened();
    }

    private void poll() {
        sink.beginPoll();
        try {
            reader.poll(sink);
        } catch (Crash e) {
            disk.revive();
            open();
        } catch (ApiException | MortalRepository.FailedSave | CursorAheadException e) {
            // A failed poll: the next one has to make up for it.
        } catch (IOException e) {
            if (!e.getMessage().contains("No progress") && !(e instanceof LegacyServerException)) {
                faults.add("unexpected " + e);
            }
        }
        if (campaign.knowsTheTime()
                && reader.status().watermark() != null
                && reader.status().watermark().isAfter(server.now.minus(Campaign.LOOKBACK))) {
            faults.add("the watermark is at " + reader.status().watermark() + " when it is " + server.now);
        }
        checkCoverage();
        if (sink.crashes() == 0 && disk.failedSaves() == 0) {
            countCoverage();
        }
    }

    /** What is said to be complete is so at that moment. */
    private void checkCoverage() {
        CoverageReport report = reader.coverage();
        if (report == null) {
            return;
        }
        Span claimed = report.current();
        Set<String> arrived = new HashSet<>(sink.delivered());
        List<Row> inIt = wanted().stream()
                .filter(row -> !row.createdAt().isBefore(claimed.from())
                        && row.createdAt().isBefore(claimed.until()))
                .toList();
        for (Row row : inIt) {
            boolean promised = row.lateness().compareTo(Campaign.LOOKBACK) <= 0
                    && row.entry().createdAt() != null;
            // Also where the server was not seen yet to be an older one.
            boolean excused = !campaign.knowsTheTime() || (campaign.tiesMayBeLost && isTied(row));
            if (promised && !excused && !arrived.contains(row.id())) {
                faults.add("said to be complete until " + claimed.until() + " without " + row);
            }
        }
    }

    /** What was delivered before a crash or a save that failed is counted when it was saved, at the latest at the end. */
    private void countCoverage() {
        if (reader.coverage() == null) {
            return;
        }
        Span claimed = reader.coverage().current();
        Set<String> arrived = new HashSet<>(sink.delivered());
        long in = wanted().stream()
                .filter(row -> arrived.contains(row.id())
                        && !row.createdAt().isBefore(claimed.from())
                        && row.createdAt().isBefore(claimed.until()))
                .count();
        boolean countable = campaign.withoutId == 0
                && campaign.withoutDate == 0
                && campaign.sweepInterval == null
                && !campaign.tiesMayBeLost;
        if (countable && claimed.entries() != in) {
            faults.add("said to have " + claimed.entries() + " entries, and has " + in);
        }
    }

    private void judge() {
        for (Row row : lost()) {
            boolean excused = campaign.mayLose > 0 || (campaign.tiesMayBeLost && isTied(row));
            if (!excused) {
                faults.add("lost " + row);
            }
        }
        Set<String> wanted = new HashSet<>();
        server.rows.stream().filter(row -> campaign.filter.matches(row.entry())).forEach(row -> wanted.add(row.id()));
        if (!wanted.containsAll(sink.delivered())) {
            faults.add("delivered what the filter does not want");
        }
        long bound = (long) campaign.commitEvery * (sink.crashes() + disk.failedSaves());
        if (sink.crashes() == 0 && campaign.reopenings == 0) {
            bound = 0;
        }
        if (duplicates() > bound) {
            faults.add(duplicates() + " duplicates after " + sink.crashes() + " crashes and " + disk.failedSaves()
                    + " failed saves");
        }
        faults.addAll(sink.wronglyMarked());
        countCoverage();
    }

    private boolean isTied(Row row) {
        return server.rows.stream()
                .anyMatch(other -> other != row && other.createdAt().equals(row.createdAt()));
    }

    /** Whether it is too late for a sweep: after a pause the log of delivered ids begins anew. */
    private boolean isBeyondRecall(Row row) {
        return row.lateness().compareTo(Campaign.LOOKBACK) > 0
                && row.createdAt().isBefore(sweepsKnowSince);
    }

    List<Row> wanted() {
        return server.rows.stream()
                .filter(row -> campaign.filter.matches(row.entry()) && !isBeyondRecall(row))
                .toList();
    }

    List<Row> lost() {
        Set<String> arrived = new HashSet<>(sink.delivered());
        return wanted().stream().filter(row -> !arrived.contains(row.id())).toList();
    }

    long duplicates() {
        return sink.delivered().size() - (long) new HashSet<>(sink.delivered()).size();
    }

    int crashes() {
        return sink.crashes();
    }

    AdversarialServer server() {
        return server;
    }

    String serverKind() {
        return reader.status().server();
    }

    List<String> faults() {
        return faults;
    }

    @Override
    public String toString() {
        return "campaign \"" + campaign + "\", seed " + seed;
    }

    /** The process died: all that it had not saved is gone. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
