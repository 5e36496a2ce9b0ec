package io.github.camelgitpod.benchmarks.server;

import io.github.camelgitpod.simulator.Entry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A year of audit log, the same each time. An entry's id ends with its place in the order, by which the readers check that
 * they got each entry, once and in order.
 */
enum History {
    /** At any time of the year. */
    UNIFORM {
        @Override
        long second(Random random, long[] bursts) {
            return random.nextLong(YEAR_SECONDS);
        }
    },
    /** Seven of ten in 200 bursts of ten minutes, the others at any time. */
    BURSTS {
        @Override
        long second(Random random, long[] bursts) {
            return random.nextInt(10) < 7
                    ? bursts[random.nextInt(bursts.length)] + random.nextLong(BURST_SECONDS)
                    : random.nextLong(YEAR_SECONDS);
        }
    };

    private static final Instant BEGINNING = Instant.parse("2024-01-01T00:00:00Z");
    private static final long BURST_SECONDS = 600;
    private static final long YEAR_SECONDS = 365L * 86_400;
    private static final int BURST_COUNT = 200;
    private static final int CHUNK = 10_000;
    private static final List<String> ACTIONS =
            List.of("created", "changed spec", "started", "stopped", "deleted", "read secret", "opened in editor");
    private static final List<String> TYPES = List.of(
            "RESOURCE_TYPE_ENVIRONMENT", "RESOURCE_TYPE_USER_SECRET", "RESOURCE_TYPE_PROJECT", "RESOURCE_TYPE_RUNNER");

    abstract long second(Random random, long[] bursts);

    /** Makes the entries, oldest first, in chunks. */
    void entries(int count, Consumer<List<Entry>> taker) {
        Random random = new Random(count);
        long[] bursts =
                random.longs(BURST_COUNT, 0, YEAR_SECONDS - BURST_SECONDS).toArray();
        long[] micros = new long[count];
        Arrays.setAll(micros, i -> second(random, bursts) * 1_000_000 + random.nextInt(1_000_000));
        Arrays.sort(micros);
        String[] people = uuids(random, 50);
        String[] subjects = uuids(random, 1_000);
        for (int begin = 0; begin < count; begin += CHUNK) {
            List<Entry> chunk = new ArrayList<>(CHUNK);
            for (int i = begin; i < Math.min(count, begin + CHUNK); i++) {
                Instant createdAt = BEGINNING.plus(micros[i], ChronoUnit.MICROS);
                chunk.add(new Entry(
                        id(createdAt.toEpochMilli(), i),
                        people[random.nextInt(people.length)],
                        "PRINCIPAL_USER",
                        subjects[random.nextInt(subjects.length)],
                        TYPES.get(random.nextInt(TYPES.size())),
                        ACTIONS.get(random.nextInt(ACTIONS.size())),
                        createdAt.toString(),
                        "AUDIT_LOG_ENTRY_KIND_RESOURCE_CHANGE",
                        null,
                        null));
            }
            taker.accept(chunk);
        }
    }

    /** After the last entry. */
    static Instant end() {
        return BEGINNING.plusSeconds(YEAR_SECONDS);
    }

    private static String id(long millis, int place) {
        return String.format("%08x-%04x-7000-8000-%012x", millis >>> 16, millis & 0xffff, place);
    }

    private static String[] uuids(Random random, int count) {
        String[] uuids = new String[count];
        Arrays.setAll(
                uuids,
                i -> String.format(
                        "%08x-%04x-4000-8000-%012x",
                        random.nextInt(), random.nextInt(0x10000), random.nextLong(1L << 48)));
        return uuids;
    }
}
