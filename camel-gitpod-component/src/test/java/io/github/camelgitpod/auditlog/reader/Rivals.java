package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.auditlog.walk.AdversarialServer;
import io.github.camelgitpod.auditlog.walk.AdversarialServer.Tokens;
import io.github.camelgitpod.auditlog.walk.EntryMaker;
import io.github.camelgitpod.client.TokenOrganization;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.state.CursorStores;
import io.github.camelgitpod.state.OvertakenException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.apache.camel.support.processor.state.MemoryStateRepository;

/**
 * Two consumers of one cursor, as two machines would have them whose cluster service does not see that one has slept: at any
 * moment of a poll one is paused, and the other polls meanwhile, or is started anew. Everything follows from the seed.
 */
final class Rivals {
    static final String NAME = "two consumers of one cursor";

    private static final Pattern WATERMARK = Pattern.compile("\"L\":\"([^\"]+)\"");
    private static final int POLLS_AT_THE_END = 30;
    private static final double PAUSES = 0.05;

    private final Campaign campaign = Campaign.of(NAME, c -> c.adverse().errors = 0.02);
    private final long seed;
    private final boolean comparesAndSets;
    private final Random random;
    private final AdversarialServer server;
    private final Map<String, String> stored = new HashMap<>();
    private final Map<String, Integer> writes = new HashMap<>();
    private final List<String> delivered = new ArrayList<>();
    private final List<Consumer> consumers = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private boolean paused;
    private long handOvers;

    /** @param comparesAndSets whether the repository refuses who has not read what is stored */
    private Rivals(long seed, boolean comparesAndSets) {
        this.seed = seed;
        this.comparesAndSets = comparesAndSets;
        random = new Random(seed);
        server = new AdversarialServer(random, random.nextBoolean() ? Tokens.OFFSET : Tokens.KEYSET, EntryMaker.ZERO);
    }

    /** What became of many histories. */
    record Outcome(long entries, long handOvers, long duplicates, List<String> faults) {}

    static Outcome run(long firstSeed, int histories) {
        List<Rivals> all = LongStream.range(firstSeed, firstSeed + histories)
                .mapToObj(seed -> new Rivals(seed, seed % 2 == 0))
                .toList();
        all.forEach(Rivals::live);
        return new Outcome(
                all.stream().mapToLong(rivals -> rivals.server.rows.size()).sum(),
                all.stream().mapToLong(rivals -> rivals.handOvers).sum(),
                all.stream().mapToLong(Rivals::duplicates).sum(),
                all.stream().flatMap(rivals -> rivals.faults.stream()).toList());
    }

    private void live() {
        Instant end = new EntryMaker(campaign, random).fill(server.rows).plusSeconds(400);
        server.badTokens = campaign.badTokens;
        server.emptyPages = campaign.emptyPages;
        server.errors = campaign.errors;
        consumers.add(new Consumer());
        consumers.add(new Consumer());
        // From here on there is one.
        Instant alone = EntryMaker.ZERO.plus(
                Duration.between(EntryMaker.ZERO, end).minusSeconds(400).dividedBy(2));
        while (server.now.isBefore(end)) {
            server.now = server.now.plus(campaign.pollEvery);
            if (consumers.size() == 2 && server.now.isAfter(alone)) {
                end(consumers.get(random.nextInt(2)));
            } else if (consumers.size() == 2 && random.nextDouble() < PAUSES) {
                // Its process ended, and the cluster service starts another one.
                end(consumers.get(random.nextInt(2)));
                consumers.add(new Consumer());
            }
            for (Consumer consumer : List.copyOf(consumers)) {
                if (random.nextDouble() < 0.8) {
                    consumer.poll();
                }
            }
        }
        server.recover();
        paused = true;
        for (int i = 0; i < POLLS_AT_THE_END; i++) {
            server.now = server.now.plus(Campaign.LOOKBACK);
            consumers.get(0).poll();
        }
        handOvers += consumers.get(0).reader.overtaken();
        judge();
    }

    private void end(Consumer consumer) {
        consumers.remove(consumer);
        handOvers += 1 + consumer.reader.overtaken();
    }

    private void judge() {
        Set<String> arrived = new HashSet<>(delivered);
        server.rows.stream().filter(row -> !arrived.contains(row.id())).forEach(row -> fault("lost " + row));
        if (duplicates() > campaign.commitEvery * handOvers) {
            fault(duplicates() + " duplicates in " + handOvers + " hand-overs");
        }
    }

    private long duplicates() {
        return delivered.size() - (long) new HashSet<>(delivered).size();
    }

    private void fault(String what) {
        faults.add("seed " + seed + ": " + what);
    }

    private static Instant watermark(String cursor) {
        Matcher matcher = WATERMARK.matcher(cursor);
        return matcher.find() ? Instant.parse(matcher.group(1)) : Instant.MIN;
    }

    /** One is paused here for as long as the other polls so often; that one itself is not paused meanwhile. */
    private void pause(Consumer sleeper) {
        if (paused || random.nextDouble() >= PAUSES) {
            return;
        }
        paused = true;
        int polls = 1 + random.nextInt(8);
        for (int i = 0; i < polls; i++) {
            server.now = server.now.plus(campaign.pollEvery);
            consumers.stream().filter(other -> other != sleeper).toList().forEach(Consumer::poll);
        }
        paused = false;
    }

    private final class Consumer {
        private final AuditLogReader reader = new AuditLogReader(
                server,
                () -> server.now,
                new ReaderSettings()
                        .lookback(Campaign.LOOKBACK)
                        .commitEvery(campaign.commitEvery)
                        .pageSize(campaign.pageSize)
                        .shared()
                        .build(),
                CursorStores.withSmallParts(new View(), "cursor", seed),
                new TokenOrganization(),
                campaign.readAhead(new Random(seed)),
                () -> Duration.between(EntryMaker.ZERO, server.now).toNanos());

        void poll() {
            try {
                reader.poll(this::deliver);
            } catch (IOException | CursorAheadException e) {
                // A failed poll: the next one has to make up for it.
            }
        }

        private boolean deliver(List<AuditLogEntry> entries, Delivery.Receipts receipts) {
            for (AuditLogEntry entry : entries) {
                pause(this);
                delivered.add(entry.json().toString());
                pause(this);
                receipts.confirm(entry);
            }
            return true;
        }

        /** What this consumer sees of the repository. */
        private final class View extends MemoryStateRepository {
            private final Map<String, Integer> known = new HashMap<>();

            @Override
            public String getState(String key) {
                pauseBefore();
                known.put(key, writes.getOrDefault(key, 0));
                return stored.get(key);
            }

            @Override
            public void setState(String key, String value) {
                if (comparesAndSets) {
                    pauseBefore();
                    if (known.getOrDefault(key, 0) < writes.getOrDefault(key, 0)) {
                        throw new OvertakenException("compared");
                    }
                }
                if (isBefore(value, stored.get(key))) {
                    fault("the cursor went from " + stored.get(key) + " back to " + value);
                }
                known.put(key, writes.merge(key, 1, Integer::sum));
                stored.put(key, value);
            }

            private void pauseBefore() {
                if (consumers.contains(Consumer.this)) {
                    pause(Consumer.this);
                }
            }

            private boolean isBefore(String value, String before) {
                return before != null && watermark(value).isBefore(watermark(before));
            }
        }
    }
}
