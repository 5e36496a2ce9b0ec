package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.client.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The time, as streams need it.
 *
 * @param timeOfDay for gaps and for people
 * @param nanoTime  monotonic, such as {@link System#nanoTime()}
 * @param waiting   waits for so long; false: the pause was ended meanwhile. {@code Pause::await}, or a virtual one
 * @param locks     new locks, whose conditions wait by this clock
 */
public record StreamClock(
        InstantSource timeOfDay, LongSupplier nanoTime, BiPredicate<Pause, Duration> waiting, Supplier<Lock> locks) {

    /** The machine's. */
    public static StreamClock system() {
        return new StreamClock(InstantSource.system(), System::nanoTime, Pause::await, ReentrantLock::new);
    }

    Instant now() {
        return timeOfDay.instant();
    }

    public long nanos() {
        return nanoTime.getAsLong();
    }

    public Duration since(long nanos) {
        return Duration.ofNanos(nanos() - nanos);
    }
}
