package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.auditlog.walk.AdversarialServer.Dialect;
import io.github.camelgitpod.auditlog.walk.AdversarialServer.Tokens;
import io.github.camelgitpod.auditlog.walk.Parallelism;
import io.github.camelgitpod.auditlog.walk.ReadAhead;
import io.github.camelgitpod.auditlog.walk.ShuffledRequests;
import io.github.camelgitpod.client.AuditLogFilter;
import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;

/** What befalls the histories of one kind: chances are per request, per delivery, per save and so on. */
public final class Campaign {
    public static final Duration LOOKBACK = Duration.ofSeconds(60);

    private static final int PAGES_HELD = 4;
    private static final int CONCURRENT_REQUESTS = 4;

    final String name;
    /** Null: each history draws between those that lose nothing on a modern server. */
    Tokens tokens;

    Dialect dialect = Dialect.MODERN;
    /** In mid-run the server becomes this; null: it stays what it is. */
    Dialect laterDialect;

    public boolean dense;
    int pageSize = 5;
    int commitEvery = 3;
    /** Entries are that many times further apart. */
    public int spread = 1;
    /** The longest lateness, in lookbacks; 0: none is late. */
    public int lateness = 1;

    Duration pollEvery = Duration.ofSeconds(7);
    Duration requestTakes = Duration.ofSeconds(3);
    Duration dateLags = Duration.ZERO;
    LyingClock.Lie serverClock = LyingClock.Lie.NONE;
    LyingClock.Lie machineClock = LyingClock.Lie.NONE;
    double badTokens;
    double emptyPages;
    double errors;
    double crashes;
    double sinkFailures;
    double storeFailures;
    double reopenings;
    public double futureDated;
    public double withoutId;
    public double withoutDate;
    int maxMessagesPerPoll;
    int concurrentRequests = 1;
    public AuditLogFilter filter = AuditLogFilter.ALL;
    Duration sweepInterval;
    Duration sweepRange = Duration.ofHours(1);
    /** In the second third of a history there are no sweeps. */
    boolean sweepsPause;
    /** The server cannot be read completely: ties may be lost, and nothing else. */
    boolean tiesMayBeLost;
    /** The share of the entries that may be lost where nobody can know what time it is. */
    double mayLose;

    private Campaign(String name) {
        this.name = name;
    }

    static Campaign of(String name, Consumer<Campaign> settings) {
        Campaign campaign = new Campaign(name);
        settings.accept(campaign);
        return campaign;
    }

    /** Page tokens turn bad, and pages are empty though there are more. */
    Campaign adverse() {
        badTokens = 0.2;
        emptyPages = 0.2;
        return this;
    }

    Campaign crashing() {
        crashes = 0.05;
        return this;
    }

    /** Where both clocks are wrong in the same way nobody can. */
    boolean knowsTheTime() {
        return serverClock == LyingClock.Lie.NONE || serverClock != machineClock;
    }

    AuditLogReaderSettings settings(boolean sweeping) {
        return new ReaderSettings()
                .filter(filter)
                .lookback(LOOKBACK)
                .commitEvery(commitEvery)
                .pageSize(pageSize)
                .sweeps(sweeping ? sweepInterval : null, sweepRange)
                .concurrentRequests(concurrentRequests)
                .maxEntries(maxMessagesPerPoll)
                .build();
    }

    /** The clocks are wrong: the server's, this machine's, or both. */
    Campaign clocks(LyingClock.Lie server, LyingClock.Lie machine) {
        serverClock = server;
        machineClock = machine;
        return this;
    }

    /** With windows and room for them as small as the pages are. */
    ReadAhead readAhead(Random random) {
        int wanted = maxMessagesPerPoll == 0 ? Integer.MAX_VALUE : 1 + maxMessagesPerPoll / pageSize;
        return new ReadAhead(
                () -> new ShuffledRequests<>(random),
                new Parallelism(concurrentRequests, () -> 0, () -> 0),
                concurrentRequests,
                pageSize,
                PAGES_HELD,
                1,
                wanted);
    }

    /** The same, reading ahead in parallel. */
    Campaign inParallel() {
        concurrentRequests = CONCURRENT_REQUESTS;
        return this;
    }

    /** Many histories, and what became of them. */
    Tally run(long firstSeed, int histories) {
        Tally tally = new Tally(toString(), mayLose);
        for (long seed = firstSeed; seed < firstSeed + histories; seed++) {
            History history = new History(this, seed);
            history.live();
            tally.add(history);
        }
        return tally;
    }

    @Override
    public String toString() {
        return concurrentRequests == 1 ? name : name + ", " + concurrentRequests + " concurrent requests";
    }
}
