package io.github.camelgitpod.meter;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** A figure that a consumer shows. As a meter it has one more tag, the consumer's route. */
public sealed interface Figure {

    /** The meter's. */
    String name();

    /** One sentence, for people. */
    String description();

    /** What only grows. */
    record Count(String name, String description, DoubleSupplier value) implements Figure {}

    /** Time, of which there is only more. */
    record SpentTime(String name, String description, Supplier<Duration> value) implements Figure {}

    /** What there is now. */
    record Level(String name, String description, DoubleSupplier value) implements Figure {}

    /**
     * How long something is now.
     *
     * @param value gives null when it is not known
     */
    record Age(String name, String description, Supplier<Duration> value) implements Figure {}

    /**
     * Which of a few words holds now: a meter for each of them, 1 for the one that holds and 0 for the others.
     *
     * @param tag   that has the word
     * @param words all there are
     * @param now   the one that holds
     */
    record OneOf(String name, String description, String tag, List<String> words, Supplier<String> now)
            implements Figure {}

    /**
     * Counts by values that are known only when they come.
     *
     * @param tags   their names
     * @param values the counts, by the values of the tags
     */
    record CountBy(String name, String description, List<String> tags, Supplier<Map<List<String>, Long>> values)
            implements Figure {}

    /**
     * How long something took, each time.
     *
     * @param bounds of the buckets that are of interest
     * @param source is told who wants to hear of each
     */
    record Spread(String name, String description, List<Duration> bounds, Consumer<Consumer<Duration>> source)
            implements Figure {}
}
