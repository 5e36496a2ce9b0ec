package io.github.camelgitpod.state;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.client.TimeRange;
import io.github.camelgitpod.model.ShortKey;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.state.CoverageState.Doubt;
import io.github.camelgitpod.state.CoverageState.Span;
import io.github.camelgitpod.testing.MemoryDatabase;
import io.github.camelgitpod.testing.RecordedLogs;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.camel.spi.StateRepository;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever ids a server sends, and whatever key a user gives: the next process reads what this one has written. */
class WhatIsWrittenIsReadTest {
    private static final int CASES = 20;
    private static final Instant TIME = Instant.EPOCH;

    @TempDir
    Path directory;

    private final JdbcDataSource database = MemoryDatabase.create();

    @FunctionalInterface
    private interface Property {
        /** @param stored a new repository for the same states each time, like that of the next process */
        void holds(Random random, String key, Supplier<StateRepository<String, String>> stored);
    }

    @Test
    void cursors() {
        forAll((random, key, stored) -> {
            Map<String, Instant> delivered = times(random);
            CursorState state = new CursorState(
                    // Of later ones nothing would be remembered.
                    Instant.MIN,
                    DeliveredIds.of(delivered),
                    filter(random),
                    random.nextBoolean() ? "MODERN" : null,
                    new Origin(
                            random.nextBoolean() ? AnyText.of(random) : null,
                            random.nextBoolean() ? AnyText.of(random) : null),
                    random.nextBoolean() ? coverage(random) : null);
            new CursorStore(stored.get(), key, InstantSource.system()).save(state);

            CursorState read = new CursorStore(stored.get(), key, InstantSource.system())
                    .load()
                    .orElseThrow();
            assertThat(read)
                    .usingRecursiveComparison()
                    .isEqualTo(new CursorState(
                            state.watermark(),
                            DeliveredIds.of(shortened(delivered)),
                            state.filter(),
                            state.server(),
                            state.origin(),
                            state.coverage()));
        });
    }

    /** In the report of what was passed over. */
    @Test
    void halfACharacterInAListOfObjects() {
        Span span = new Span(TIME, TIME, TIME, "why", 0, 0, 0, 0, 1, Map.of("half \ud83d", "a time"), false, null);
        CoverageState coverage = new CoverageState(List.of(span), 0);
        new CursorStore(files(), "key", InstantSource.system())
                .save(new CursorState(
                        TIME, DeliveredIds.of(Map.of()), AuditLogFilter.ALL, null, Origin.UNKNOWN, coverage));

        assertThat(new CursorStore(files(), "key", InstantSource.system())
                        .load()
                        .orElseThrow()
                        .coverage())
                .isEqualTo(coverage);
    }

    private static CoverageState coverage(Random random) {
        Map<String, String> passedOver = new HashMap<>();
        times(random).forEach((key, time) -> passedOver.put(key, random.nextBoolean() ? time.toString() : null));
        Span span = new Span(
                time(random),
                time(random),
                time(random),
                AnyText.of(random),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                passedOver,
                random.nextBoolean(),
                random.nextBoolean() ? new Doubt(time(random), time(random), AnyText.of(random)) : null);
        return new CoverageState(List.of(span, span), random.nextInt());
    }

    @Test
    void recoveredEntries() {
        forAll((random, key, stored) -> {
            RecoveredEntries entries = new RecoveredEntries(ranges(random), ranges(random), times(random));
            new RecoveredEntriesStore(stored.get(), key).save(entries);

            assertThat(new RecoveredEntriesStore(stored.get(), key).load())
                    .isEqualTo(new RecoveredEntries(entries.unread(), entries.again(), shortened(entries.delivered())));
        });
    }

    @Test
    void knownResources() {
        forAll((random, key, stored) -> {
            Map<String, Map<String, String>> versions = new HashMap<>();
            texts(random).forEach(type -> versions.computeIfAbsent(type, any -> new HashMap<>())
                    .put(AnyText.of(random), AnyText.of(random)));
            Set<String> listed = new HashSet<>(texts(random));
            String scope = AnyText.of(random);
            KnownStateStore store = new KnownStateStore(stored.get(), key, scope, InstantSource.system());
            store.save(new KnownState(listed, versions));
            texts(random).forEach(type -> texts(random).forEach(id -> {
                store.saveChanged(type, List.of(id));
                Map<String, String> ofType = versions.computeIfAbsent(type, any -> new HashMap<>());
                ofType.put(id, ofType.containsKey(id) ? "changed" : "new");
            }));

            assertThat(new KnownStateStore(stored.get(), key, scope, InstantSource.system()).load("changed", "new"))
                    .isEqualTo(new KnownState(listed, versions));
        });
    }

    @Test
    void positions() {
        forAll((random, key, stored) -> {
            Map<String, StreamPosition> positions = new HashMap<>();
            times(random)
                    .forEach((scope, time) -> positions.put(
                            scope, new StreamPosition(time, random.nextBoolean() ? null : gap(random, time))));
            new PositionStore(stored.get(), key).save(positions);

            assertThat(new PositionStore(stored.get(), key).load()).isEqualTo(positions);
        });
    }

    /** Ids that hash alike: Jackson refuses more than some of them in its table of names. */
    @Test
    void idsThatCollide() {
        Map<String, StreamPosition> alike = IntStream.range(0, 1 << 10)
                .mapToObj(bits -> IntStream.range(0, 10)
                        .mapToObj(i -> (bits >> i & 1) == 0 ? "ab" : "bA")
                        .reduce("", String::concat))
                .collect(toMap(id -> id, id -> new StreamPosition(Instant.EPOCH, null)));
        StateRepository<String, String> repository = files();
        new PositionStore(repository, "key").save(alike);

        assertThat(new PositionStore(repository, "key").load()).isEqualTo(alike);
    }

    /** In files and in a database, each case under a key of its own. */
    private void forAll(Property property) {
        try (RecordedLogs logs = new RecordedLogs()) {
            for (int seed = 0; seed < CASES; seed++) {
                for (Supplier<StateRepository<String, String>> stored :
                        List.<Supplier<StateRepository<String, String>>>of(this::files, this::table)) {
                    Random random = new Random(seed);
                    String key = seed + AnyText.of(random);
                    try {
                        property.holds(random, key, stored);
                    } catch (AssertionError | RuntimeException e) {
                        throw new AssertionError("seed " + seed + " in " + stored.get(), e);
                    }
                }
            }
            assertThat(logs.warnings()).isEmpty();
        }
    }

    private StateRepository<String, String> files() {
        return new CrashSafeFileStateRepository(directory);
    }

    private StateRepository<String, String> table() {
        JdbcStateRepository table = new JdbcStateRepository(database);
        table.start();
        return table;
    }

    private static List<String> texts(Random random) {
        return IntStream.range(0, random.nextInt(6))
                .mapToObj(i -> AnyText.of(random))
                .toList();
    }

    private static Map<String, Instant> times(Random random) {
        return texts(random).stream().collect(toMap(text -> text, text -> time(random), (one, other) -> one));
    }

    private static Map<String, Instant> shortened(Map<String, Instant> times) {
        return times.entrySet().stream().collect(toMap(entry -> ShortKey.of(entry.getKey()), Map.Entry::getValue));
    }

    private static Instant time(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> Instant.MAX;
            case 1 -> Instant.EPOCH;
            case 2 -> Instant.parse("0001-01-01T00:00:00Z").minusNanos(random.nextInt(3));
            default -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
        };
    }

    private static StreamGap gap(Random random, Instant from) {
        return new StreamGap(from, from, AnyText.of(random), random.nextInt());
    }

    private static List<TimeRange> ranges(Random random) {
        List<TimeRange> ranges = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            Instant from = time(random);
            ranges.add(new TimeRange(from, from.equals(Instant.MAX) ? from : from.plusNanos(1 + random.nextInt())));
        }
        return ranges;
    }

    private static AuditLogFilter filter(Random random) {
        return new AuditLogFilter(texts(random), texts(random), texts(random), texts(random), texts(random));
    }
}
