package io.github.camelgitpod.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.testing.RecordedLogs;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.camel.spi.StateRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cursor remembers is the same wherever its saves end, and costs no more than it has to. */
class CursorPartsTest {
    private static final Instant BEGINNING = Instant.parse("2026-02-18T10:00:00Z");

    private final Disk disk = new Disk();
    private Instant watermark = BEGINNING;

    @Test
    void whatASaveWritesDoesNotGrowWithWhatIsRemembered() {
        int entries = 30_000;
        CursorStore store = store(CursorParts.FEWEST, CursorParts.MOST);
        DeliveredIds ids = DeliveredIds.of(Map.of());
        for (int i = 0; i < entries; i++) {
            ids.put("entry-" + i, BEGINNING.plusMillis(i));
            if (i % 100 == 99) {
                store.save(state(ids));
            }
        }

        long once = disk.texts.values().stream().mapToLong(String::length).sum();
        assertThat(disk.written).as("characters, of %s that are needed", once).isLessThan(15 * once / 2);
        assertThat(disk.texts).as("with that of the cursor").hasSizeLessThan(12);
        assertThat(disk.texts.values()).allSatisfy(text -> assertThat(text).hasSizeLessThan(600_000));
        assertThat(disk.writes).as("with the cursor's own").isLessThan(entries / 100 * 12 / 10);
        assertThat(loaded()).hasSize(entries);
    }

    /** As random as can be: with saves that fail, before or after they were made, restarts, and times that pass. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void whereverASaveEndsItsCursorOrTheOneBeforeIsThere(int fewest) {
        try (RecordedLogs logs = new RecordedLogs()) {
            for (int seed = 0; seed < 60; seed++) {
                disk.texts.clear();
                watermark = BEGINNING;
                new Life(new Random(seed), fewest, "seed " + seed).live();
            }
            assertThat(logs.warnings()).isEmpty();
        }
    }

    @Test
    void aCursorThatRemembersLittleIsOneThatEarlierVersionsRead() {
        CursorStore store = store(10, 40);
        DeliveredIds ids = remembered(9);
        store.save(state(ids));
        store.save(state(ids));
        assertThat(disk.texts).containsOnlyKeys("key");
        assertThat(disk.texts.get("key")).startsWith("{\"v\":1,").doesNotContain("parts");

        ids.put("another", BEGINNING);
        store.save(state(ids));
        assertThat(disk.texts).containsOnlyKeys("key", "key/seen/0");
        // What 0.1 says of it: "The cursor stored under key has the format version 2, this component knows 1: ..."
        assertThat(disk.texts.get("key")).startsWith("{\"v\":2,").contains("\"seen\":{},\"parts\":[{\"slot\":0,");
        assertThat(disk.texts.get("key/seen/0")).startsWith("{\"v\":2,");

        ids.dropBefore(BEGINNING.plusSeconds(60), (id, time) -> {});
        watermark = BEGINNING.plusSeconds(60);
        store.save(state(ids));
        assertThat(disk.texts.get("key")).startsWith("{\"v\":1,");
        assertThat(loaded()).isEmpty();
    }

    @Test
    void aCursorOfALaterVersionIsRefusedInWords() {
        disk.texts.put("key", "{\"v\":3}");

        assertThatIllegalStateException()
                .isThrownBy(this::loaded)
                .withMessageContaining("The cursor stored under key has the format version 3, this component knows 2")
                .withMessageContaining("use the version of the component that wrote it");
    }

    @Test
    void aPartOfALaterVersionIsRefusedInWords() {
        saved(10);
        disk.texts.put("key/seen/0", "{\"v\":3}");

        assertThatIllegalStateException()
                .isThrownBy(this::loaded)
                .withMessageContaining("The part stored under key/seen/0 has the format version 3");
    }

    @Test
    void aPartThatIsNotTextOfOursIsRefused() {
        saved(10);
        disk.texts.put("key/seen/0", "{");

        assertThatIllegalStateException().isThrownBy(this::loaded).withMessageContaining("key/seen/0 cannot be read");
    }

    @Test
    void aPartThatIsMissingOrAnothersIsToldAndTheRestIsThere() {
        saved(13);
        String[] others = {null, "{\"v\":2,\"name\":\"another\",\"seen\":{\"x\":\"2026-02-18T10:00:00Z\"}}"};
        for (String other : others) {
            disk.texts.put("key/seen/0", other);
            try (RecordedLogs logs = new RecordedLogs()) {
                assertThat(loaded()).hasSize(3).doesNotContainKey("x");

                assertThat(logs.warnings())
                        .singleElement()
                        .asString()
                        .contains(
                                "The part key/seen/0 of the state key is missing or damaged: nothing is lost",
                                "since 2026-02-18T10:00:00Z may come again");
            }
        }
    }

    /** Else it would write where the other one has parts. */
    @Test
    void whoWasOvertakenWritesNoPart() {
        CursorStore first = store(10, 40);
        first.save(state(remembered(1)));
        CursorStore second = store(10, 40);
        second.load();
        second.save(state(remembered(1)));
        second.save(state(remembered(12)));
        Map<String, String> before = Map.copyOf(disk.texts);

        assertThatIllegalStateException()
                .isThrownBy(() -> first.save(state(remembered(11))))
                .isInstanceOf(OvertakenException.class);
        assertThat(disk.texts).isEqualTo(before);
    }

    /** The consumer before had looked when nobody had overtaken it yet, and slept before its write. */
    @Test
    void aPartThatTheConsumerBeforeWroteLateIsWrittenOver() {
        disk.refuses = true;
        CursorStore store = store(10, 40);
        store.save(state(remembered(1)));
        disk.next = () -> disk.texts.put("key/seen/0", "of the one before");
        store.save(state(remembered(12)));

        assertThat(loaded()).hasSize(12);
    }

    @Test
    void whoIsOvertakenWhileItWritesAPartSavesNoCursor() {
        disk.refuses = true;
        CursorStore store = store(10, 40);
        store.save(state(remembered(1)));
        disk.next = () -> {
            disk.texts.put("key/seen/0", "of the next one");
            disk.texts.put("key", "{\"v\":1,\"owner\":\"the next one\",\"generation\":7}");
        };

        assertThatIllegalStateException()
                .isThrownBy(() -> store.save(state(remembered(12))))
                .isInstanceOf(OvertakenException.class);
        assertThat(disk.texts).containsEntry("key/seen/0", "of the next one");
    }

    /** The other consumer, which has not seen this one's cursor, may be about to write a part. */
    @Test
    void theFirstSaveAfterALoadIsOneOfTheCursorAlone() {
        store(100, 100).save(state(remembered(12)));
        CursorStore next = store(10, 40);
        DeliveredIds ids = next.load().orElseThrow().delivered();
        next.save(state(ids));
        assertThat(disk.texts).containsOnlyKeys("key");

        next.save(state(ids));
        assertThat(disk.texts).containsOnlyKeys("key", "key/seen/0");
    }

    private void saved(int count) {
        CursorStore store = store(10, 40);
        DeliveredIds ids = remembered(10);
        store.save(state(ids));
        store.save(state(ids));
        for (int i = 10; i < count; i++) {
            ids.put("entry-" + i, BEGINNING.plusMillis(i));
        }
        store.save(state(ids));
    }

    private static DeliveredIds remembered(int count) {
        DeliveredIds ids = DeliveredIds.of(Map.of());
        for (int i = 0; i < count; i++) {
            ids.put("entry-" + i, BEGINNING.plusMillis(i));
        }
        return ids;
    }

    private CursorState state(DeliveredIds ids) {
        return new CursorState(watermark, ids, AuditLogFilter.ALL, null, Origin.UNKNOWN, null);
    }

    private CursorStore store(int fewest, int most) {
        return new CursorStore(disk, "key", InstantSource.system(), fewest, most);
    }

    private Map<String, Instant> loaded() {
        return times(store(1, 1).load().orElseThrow().delivered());
    }

    private static Map<String, Instant> times(DeliveredIds ids) {
        Map<String, Instant> times = new HashMap<>(ids.loose());
        ids.parts().stream()
                .flatMap(part -> part.keys().stream())
                .filter(key -> ids.time(key) != null)
                .forEach(key -> times.put(key, ids.time(key)));
        return times;
    }

    /** One cursor over many saves. */
    private final class Life {
        private final Random random;
        private final int fewest;
        private final String name;
        private CursorStore store;
        private DeliveredIds ids = DeliveredIds.of(Map.of());
        private Map<String, Instant> saved = Map.of();
        private String savedText;

        Life(Random random, int fewest, String name) {
            this.random = random;
            this.fewest = fewest;
            this.name = name;
            this.store = store(fewest, 4 * fewest);
        }

        void live() {
            for (int i = 0; i < 60; i++) {
                for (int j = random.nextInt(4); j > 0; j--) {
                    deliver(i);
                }
                if (random.nextInt(4) == 0) {
                    watermark = watermark.plusSeconds(random.nextInt(15));
                    ids.dropBefore(watermark, (id, time) -> {});
                }
                save();
                if (random.nextInt(8) == 0) {
                    store = store(fewest, 4 * fewest);
                    CursorState state = store.load().orElseThrow();
                    ids = state.delivered();
                    watermark = state.watermark();
                }
            }
        }

        private void deliver(int second) {
            String key = "entry-" + random.nextInt(60);
            Instant time = watermark.plusSeconds(random.nextInt(10 + second / 6));
            if (ids.time(key) == null || ids.time(key).isBefore(time)) {
                ids.put(key, time);
            }
        }

        private void save() {
            Map<String, Instant> now = times(ids);
            int fails = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0;
            boolean done = random.nextBoolean();
            List<Map<String, String>> states = new ArrayList<>();
            disk.taker = texts -> states.add(Map.copyOf(texts));
            disk.failing(fails, done);
            String before = savedText;
            Map<String, Instant> savedBefore = saved;
            try {
                store.save(state(ids));
            } catch (Disk.Failure e) {
                // Whether it is there or not: the next one has to make up for it.
            }
            disk.failing(0, false);
            disk.taker = texts -> {};
            for (Map<String, String> texts : states) {
                assertThat(remembered(texts)).as(name).isIn(now, savedBefore);
            }
            savedText = disk.texts.get("key");
            saved = savedText == null ? Map.of() : remembered(disk.texts);
            if (before != null) {
                // A repository may go back to the one before.
                Map<String, String> back = new HashMap<>(disk.texts);
                back.put("key", before);
                assertThat(remembered(back)).as(name + ", the one before").isEqualTo(savedBefore);
            }
        }

        private Map<String, Instant> remembered(Map<String, String> texts) {
            Disk copy = new Disk();
            copy.texts.putAll(texts);
            return new CursorStore(copy, "key", InstantSource.system(), 1, 1)
                    .load()
                    .map(state -> times(state.delivered()))
                    .orElse(Map.of());
        }
    }

    /** Keeps texts, fails when it is told to, and shows what is there after each write. */
    private static final class Disk implements StateRepository<String, String> {
        private final Map<String, String> texts = new HashMap<>();
        private final Map<String, String> known = new HashMap<>();
        /** Whether it refuses to write over what was not read or written last. */
        private boolean refuses;
        /** What another one does before the next write. */
        private Runnable next = () -> {};

        private long written;
        private int writes;
        private int failsAt;
        private boolean writesBefore;
        private Consumer<Map<String, String>> taker = texts -> {};

        void failing(int at, boolean afterTheWrite) {
            failsAt = at;
            writesBefore = afterTheWrite;
        }

        @Override
        public void setState(String key, String value) {
            next.run();
            next = () -> {};
            if (refuses && !Objects.equals(known.get(key), texts.get(key))) {
                throw new OvertakenException(key);
            }
            known.put(key, value);
            boolean fails = failsAt > 0 && --failsAt == 0;
            if (!fails || writesBefore) {
                texts.put(key, value);
                written += value.length();
                writes++;
                taker.accept(texts);
            }
            if (fails) {
                throw new Failure();
            }
        }

        @Override
        public String getState(String key) {
            known.put(key, texts.get(key));
            return texts.get(key);
        }

        @Override
        public void start() {
            // Nothing to do.
        }

        @Override
        public void stop() {
            // Nothing to do.
        }

        static final class Failure extends RuntimeException {
            private static final long serialVersionUID = 1L;
        }
    }
}
