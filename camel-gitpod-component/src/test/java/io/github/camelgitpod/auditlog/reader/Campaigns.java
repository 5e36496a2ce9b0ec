package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.auditlog.reader.LyingClock.Lie;
import io.github.camelgitpod.auditlog.walk.AdversarialServer.Dialect;
import io.github.camelgitpod.auditlog.walk.AdversarialServer.Tokens;
import io.github.camelgitpod.auditlog.walk.EntryMaker;
import io.github.camelgitpod.client.AuditLogFilter;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What befalls a reader: each campaign is one mix of faults, and of kinds of servers and entries. */
final class Campaigns {
    /** 5 chunks of 25. */
    private static final AuditLogFilter FIVE_CHUNKS =
            new AuditLogFilter(List.of(), List.of(), values(EntryMaker::subject, 125), List.of());
    /** 3 chunks times 5 are too many: the longer list is left to the client. */
    private static final AuditLogFilter FIFTEEN_CHUNKS =
            new AuditLogFilter(values(EntryMaker::actor, 60), List.of(), values(EntryMaker::subject, 125), List.of());

    static final String UPGRADE = "crashes, legacy server upgraded in mid-run";

    private Campaigns() {}

    static Stream<Campaign> modern() {
        return Stream.of(
                Campaign.of("ties and late entries", c -> {}),
                Campaign.of("bad tokens, empty pages", Campaign::adverse),
                Campaign.of("crashes", c -> c.adverse().crashing()),
                Campaign.of("crashes, 5 filter chunks merged", c -> c.adverse().crashing().filter = FIVE_CHUNKS),
                Campaign.of("errors, the sink fails, 5 filter chunks merged", c -> {
                    c.adverse().errors = 0.1;
                    c.sinkFailures = 0.05;
                    c.filter = FIVE_CHUNKS;
                }),
                Campaign.of(
                        "crashes, a filter list left to the client",
                        c -> c.adverse().crashing().filter = FIFTEEN_CHUNKS),
                Campaign.of(
                        "crashes, kinds that the server does not filter by",
                        c -> c.adverse().crashing().filter = AuditLogFilter.ALL.withKinds(List.of(EntryMaker.VETO))),
                Campaign.of(
                        "crashes, polls of two speeds", c -> c.adverse().crashing().pollEvery = Duration.ofSeconds(1)),
                Campaign.of("crashes, the token skips ties", c -> c.adverse().crashing().tokens = Tokens.SKIPS_TIES),
                Campaign.of("saturated microseconds, unstable ties", c -> {
                    c.dense = true;
                    c.tokens = Tokens.OFFSET;
                }),
                // Each is read hardly more than once before the watermark passes it.
                Campaign.of("saturated microseconds, unstable ties, few polls", c -> {
                    c.dense = true;
                    c.tokens = Tokens.OFFSET;
                    c.pollEvery = Duration.ofSeconds(80);
                }),
                Campaign.of("crashes, saturated microseconds, 5 filter chunks", c -> {
                    c.adverse().crashing().dense = true;
                    c.filter = FIVE_CHUNKS;
                }),
                Campaign.of("crashes, the sink fails", c -> c.adverse().crashing().sinkFailures = 0.05),
                Campaign.of("the sink fails, the reader is reopened", c -> {
                    c.adverse().sinkFailures = 0.05;
                    c.reopenings = 0.3;
                }),
                Campaign.of(
                        "crashes, polls stop after 4 entries", c -> c.adverse().crashing().maxMessagesPerPoll = 4),
                Campaign.of("saves fail", c -> c.adverse().storeFailures = 0.2),
                Campaign.of("crashes, saves fail, the reader is reopened", c -> {
                    c.adverse().crashing().storeFailures = 0.2;
                    c.reopenings = 0.1;
                }),
                Campaign.of("crashes, errors 500 and 429", c -> c.adverse().crashing().errors = 0.2),
                Campaign.of(
                        "crashes, the server's Date lags",
                        c -> c.adverse().crashing().dateLags = Duration.ofSeconds(30)),
                Campaign.of("crashes, entries of the future", c -> c.adverse().crashing().futureDated = 0.1),
                Campaign.of("crashes, pages of 1", c -> {
                    c.adverse().crashing().pageSize = 1;
                    c.tokens = Tokens.KEYSET;
                }),
                Campaign.of("crashes, pages of 2", c -> {
                    c.adverse().crashing().pageSize = 2;
                    c.tokens = Tokens.KEYSET;
                }),
                Campaign.of("crashes, pages of 100", c -> c.adverse().crashing().pageSize = 100),
                Campaign.of("crashes, entries without an id", c -> c.adverse().crashing().withoutId = 0.3),
                Campaign.of("crashes, entries without a time", c -> {
                    c.adverse().crashing().withoutDate = 0.2;
                    c.tokens = Tokens.KEYSET;
                }),
                Campaign.of("no entry has a time", c -> {
                    c.adverse().withoutDate = 1;
                    c.tokens = Tokens.KEYSET;
                }));
    }

    /** Those in which something is read ahead: a legacy server's log is not, and a tail is one page. */
    static Stream<Campaign> inParallel() {
        return Stream.of(
                        modern(),
                        legacy().filter(campaign -> campaign.laterDialect != null),
                        sweeps(),
                        Stream.of(
                                catchUps("crashes, long catch-ups", c -> c.adverse()
                                        .crashing()),
                                catchUps(
                                        "crashes, long catch-ups, 5 filter chunks",
                                        c -> c.adverse().crashing().filter = FIVE_CHUNKS),
                                catchUps("long catch-ups, the sink fails, errors", c -> {
                                    c.adverse().errors = 0.05;
                                    c.sinkFailures = 0.05;
                                }),
                                catchUps("long catch-ups, saturated microseconds", c -> {
                                    c.dense = true;
                                    c.tokens = Tokens.OFFSET;
                                }),
                                catchUps(
                                        "long catch-ups, polls stop after 15 entries", c -> c.maxMessagesPerPoll = 15)))
                .flatMap(campaigns -> campaigns)
                .map(Campaign::inParallel);
    }

    private static Campaign catchUps(String name, Consumer<Campaign> settings) {
        return Campaign.of(name, c -> {
            settings.accept(c);
            c.spread = 9;
            c.pageSize = 3;
            c.pollEvery = Duration.ofSeconds(30);
        });
    }

    static Stream<Campaign> legacy() {
        Stream<Campaign> stable = Stream.of(
                        Dialect.REJECTS, Dialect.IGNORES_ALL, Dialect.IGNORES_TO, Dialect.IGNORES_SORT)
                .flatMap(dialect -> Stream.of(
                        legacy("legacy " + dialect, dialect, Tokens.KEYSET),
                        legacy("crashes, legacy " + dialect, dialect, Tokens.KEYSET)
                                .crashing()));
        return Stream.concat(
                stable,
                Stream.of(
                        Campaign.of("crashes, ignores the sort order, ties as long as pages", c -> {
                            c.crashing().dialect = Dialect.IGNORES_SORT;
                            c.tokens = Tokens.KEYSET;
                            c.dense = true;
                            c.pageSize = 2;
                        }),
                        Campaign.of(UPGRADE, c -> {
                            c.crashing().dialect = Dialect.IGNORES_ALL;
                            c.laterDialect = Dialect.MODERN;
                            c.tokens = Tokens.KEYSET;
                        }),
                        Campaign.of("server replaced by a legacy one in mid-run", c -> {
                            c.laterDialect = Dialect.IGNORES_ALL;
                            c.tokens = Tokens.KEYSET;
                        }),
                        Campaign.of("server replaced by a legacy one between two pages", c -> {
                            // So far behind that the watermark follows within a walk.
                            c.spread = 9;
                            c.pageSize = 2;
                            c.dense = true;
                            c.laterDialect = Dialect.IGNORES_ALL;
                            c.tokens = Tokens.KEYSET;
                        }),
                        Campaign.of("crashes, server replaced by a rejecting one in mid-run", c -> {
                            c.crashing().laterDialect = Dialect.REJECTS;
                            c.tokens = Tokens.KEYSET;
                        }),
                        Campaign.of("crashes, legacy, 5 filter chunks", c -> {
                            c.crashing().dialect = Dialect.IGNORES_ALL;
                            c.tokens = Tokens.KEYSET;
                            c.filter = FIVE_CHUNKS;
                        })));
    }

    static Stream<Campaign> bestEffort() {
        return Stream.of(
                        legacy("crashes, legacy, offset token, unstable ties", Dialect.IGNORES_ALL, Tokens.OFFSET)
                                .crashing(),
                        legacy("crashes, legacy, the token skips ties", Dialect.IGNORES_ALL, Tokens.SKIPS_TIES)
                                .crashing())
                .peek(c -> c.tiesMayBeLost = true);
    }

    static Stream<Campaign> sweeps() {
        return Stream.of(
                sweep("lateness of 4 lookbacks"),
                sweep("lateness of 4 lookbacks, bad tokens, empty pages").adverse(),
                sweep("lateness of 4 lookbacks, crashes").adverse().crashing(),
                Campaign.of("sweeps, lateness of 4 lookbacks, the reader is reopened", c -> {
                    toSweep(c);
                    c.reopenings = 0.05;
                }),
                Campaign.of("sweeps of 3 h over many hours, crashes", c -> {
                    toSweep(c);
                    c.crashing().spread = 90;
                    // 12 crashes must not outlast it.
                    c.sweepRange = Duration.ofHours(3);
                }),
                Campaign.of("sweeps, the sink fails, crashes", c -> {
                    toSweep(c);
                    c.crashing().sinkFailures = 0.05;
                }),
                Campaign.of("sweeps, saves fail, crashes", c -> {
                    toSweep(c);
                    c.crashing().storeFailures = 0.2;
                }),
                Campaign.of("sweeps, legacy", c -> {
                    toSweep(c);
                    c.crashing().dialect = Dialect.IGNORES_ALL;
                    c.tokens = Tokens.KEYSET;
                }),
                Campaign.of("sweeps pause for a third of the time", c -> {
                    toSweep(c);
                    c.sweepsPause = true;
                }));
    }

    /** Clocks that are wrong. */
    static Stream<Campaign> clocks() {
        return Stream.of(
                clocks("server's clock ahead", Lie.AHEAD, Lie.NONE),
                clocks("server's clock ahead for good", Lie.AHEAD_FOR_GOOD, Lie.NONE),
                clocks("server's clock behind for good", Lie.BEHIND_FOR_GOOD, Lie.NONE),
                clocks("server's clock drifts", Lie.DRIFT, Lie.NONE),
                Campaign.of("machine's clock jumps", c -> c.adverse().clocks(Lie.NONE, Lie.EITHER)),
                clocks("machine's clock ahead for good", Lie.NONE, Lie.AHEAD_FOR_GOOD),
                Campaign.of("machine's clock behind for good", c -> {
                    // So small that reads pass over what they know.
                    c.clocks(Lie.NONE, Lie.BEHIND_FOR_GOOD).pageSize = 2;
                    c.tokens = Tokens.KEYSET;
                }),
                clocks("server's clock ahead, machine's behind", Lie.AHEAD, Lie.BEHIND),
                Campaign.of("crashes, server's clock jumps, sweeps", c -> {
                    toSweep(c);
                    c.adverse().crashing().clocks(Lie.EITHER, Lie.NONE);
                }),
                Campaign.of("crashes, server's clock jumps, legacy, a filter", c -> {
                    c.crashing().clocks(Lie.EITHER, Lie.NONE).dialect = Dialect.IGNORES_ALL;
                    c.tokens = Tokens.KEYSET;
                    c.filter = FIVE_CHUNKS;
                }),
                // Nothing is lost that comes in order: a watermark stops at the newest entry, whatever the clocks say.
                Campaign.of("crashes, both clocks ahead from the beginning, nothing is late", c -> {
                    c.adverse().crashing().clocks(Lie.AHEAD_FROM_THE_BEGINNING, Lie.AHEAD_FROM_THE_BEGINNING);
                    c.lateness = 0;
                }),
                catchUps(
                                "crashes, long catch-ups, server's clock jumps",
                                c -> c.adverse().crashing().clocks(Lie.EITHER, Lie.NONE))
                        .inParallel());
    }

    /** Nobody can know what time it is. */
    static Stream<Campaign> bothClocks() {
        return Stream.of(
                bothClocks("jump", 0.005, Lie.EITHER), bothClocks("ahead for good", 0.025, Lie.AHEAD_FOR_GOOD));
    }

    /** Of 500 histories, 0.1 % was lost of the first campaign and 1.1 % of the second. */
    private static Campaign bothClocks(String name, double mayLose, Lie lie) {
        return Campaign.of("crashes, both clocks " + name, c -> {
            c.adverse().crashing().clocks(lie, lie);
            // As long as the lies last, so that there is more to step over.
            c.spread = 3;
            c.mayLose = mayLose;
        });
    }

    private static Campaign clocks(String name, Lie server, Lie machine) {
        return Campaign.of("crashes, " + name, c -> c.adverse().crashing().clocks(server, machine));
    }

    /** In which happens often what is seldom in the others: for faults that those show in one of a hundred histories only. */
    static Stream<Campaign> sharpened() {
        return Stream.of(
                Campaign.of("server replaced by a legacy one in mid-run, few polls", c -> {
                    c.laterDialect = Dialect.IGNORES_ALL;
                    c.tokens = Tokens.KEYSET;
                    c.requestTakes = Duration.ofSeconds(1);
                    c.pollEvery = Duration.ofSeconds(20);
                }),
                Campaign.of("slow server replaced by one that ignores the sort order, ties longer than pages", c -> {
                    c.laterDialect = Dialect.IGNORES_SORT;
                    c.tokens = Tokens.KEYSET;
                    c.requestTakes = Duration.ofSeconds(8);
                    c.pollEvery = Duration.ofSeconds(20);
                    c.dense = true;
                    c.pageSize = 2;
                    c.spread = 9;
                }),
                Campaign.of("machine's clock ahead again and again", c -> c.adverse()
                        .clocks(Lie.NONE, Lie.AHEAD)),
                catchUps("long catch-ups, the sink fails often", c -> {
                            c.errors = 0.02;
                            c.sinkFailures = 0.1;
                        })
                        .inParallel());
    }

    static Stream<Campaign> all() {
        return Stream.of(modern(), legacy(), bestEffort(), sweeps(), inParallel(), clocks(), bothClocks(), sharpened())
                .flatMap(campaigns -> campaigns);
    }

    static Campaign named(String name) {
        return all().filter(campaign -> campaign.toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Which of a campaign's histories break the promise; called by name where these classes are loaded with a fault in them.
     *
     * @param first  the first seed
     * @param end    the one after the last
     * @param enough so many end the search
     */
    static BitSet faulty(String name, int first, int end, int enough) {
        IntPredicate fails =
                name.equals(Rivals.NAME) ? seed -> !Rivals.run(seed, 1).faults().isEmpty() : failsIn(named(name));
        BitSet faulty = new BitSet();
        for (int seed = first; seed < end && faulty.cardinality() < enough; seed++) {
            faulty.set(seed, fails.test(seed));
        }
        return faulty;
    }

    private static IntPredicate failsIn(Campaign campaign) {
        return seed -> {
            try {
                return !campaign.run(seed, 1).faults().isEmpty();
            } catch (AssertionError e) {
                // The server throws it at a reader that would never come to an end.
                return true;
            }
        };
    }

    private static Campaign legacy(String name, Dialect dialect, Tokens tokens) {
        return Campaign.of(name, c -> {
            c.dialect = dialect;
            c.tokens = tokens;
            c.badTokens = 0.05;
        });
    }

    private static Campaign sweep(String name) {
        return Campaign.of("sweeps, " + name, Campaigns::toSweep);
    }

    private static void toSweep(Campaign campaign) {
        campaign.lateness = 4;
        campaign.sweepInterval = Duration.ofSeconds(90);
    }

    private static List<String> values(IntFunction<String> name, int count) {
        return IntStream.range(0, count).mapToObj(name).toList();
    }
}
