package io.github.camelgitpod.auditlog.reader;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Counts how late entries became visible, so that the lookback can be set from data. Safe for several threads. */
final class LatenessMeter {
    static final List<Duration> BOUNDS = List.of(
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(6));

    private final long[] counts = new long[BOUNDS.size() + 1];
    private long beyondLookback;
    private Consumer<Duration> listener = lateness -> {};

    /** Who hears of each; the last one given. */
    synchronized void onLate(Consumer<Duration> hears) {
        listener = hears;
    }

    /** @param lateness from the entry's creation until it was found; it may have been visible since the read before */
    synchronized void late(Duration lateness) {
        int bucket = (int)
                BOUNDS.stream().filter(bound -> lateness.compareTo(bound) > 0).count();
        counts[bucket]++;
        listener.accept(lateness);
    }

    /** An entry so late that only a sweep could find it. */
    synchronized void lateBeyondLookback(Duration lateness) {
        late(lateness);
        beyondLookback++;
    }

    synchronized long count() {
        return Arrays.stream(counts).sum();
    }

    synchronized long beyondLookback() {
        return beyondLookback;
    }

    /** A text for people: {@code <=PT10S: 3, <=PT1M: 0, …}. */
    synchronized String histogram() {
        return IntStream.range(0, counts.length)
                .mapToObj(i -> (i < BOUNDS.size() ? "<=" + BOUNDS.get(i) : ">" + BOUNDS.get(i - 1)) + ": " + counts[i])
                .collect(Collectors.joining(", "));
    }
}
