package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.client.Pause;
import io.github.camelgitpod.client.SteadyClock;
import io.github.camelgitpod.model.StreamGap;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The time, as streams need it.
 *
 * @param steady    for the moments of streams; people get to see the time of day
 * @param nanoTime  monotonic, such as {@link System#nanoTime()}
 * @param waiting   waits for so long; false: the pause was ended meanwhile. {@code Pause::await}, or a virtual one
 * @param locks     new locks, whose conditions wait by this clock
 */
public record StreamClock(
        SteadyClock steady, LongSupplier nanoTime, BiPredicate<Pause, Duration> waiting, Supplier<Lock> locks) {

    /** The machine's. */
    public static StreamClock system() {
        return new StreamClock(SteadyClock.system(), System::nanoTime, Pause::await, ReentrantLock::new);
    }

    Instant now() {
        return steady.instant();
    }

    /** The same gap by the time of day; null of null. */
    public StreamGap timeOfDay(StreamGap gap) {
        return gap == null
                ? null
                : new StreamGap(steady.timeOfDay(gap.from()), steady.timeOfDay(gap.to()), gap.reason(), gap.attempts());
    }

    public long nanos() {
        return nanoTime.getAsLong();
    }

    public Duration since(long nanos) {
        return Duration.ofNanos(nanos() - nanos);
    }
}
