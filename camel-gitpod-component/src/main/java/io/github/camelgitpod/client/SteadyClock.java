package io.github.camelgitpod.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time as it goes on. The machine's time of day can be set back, and what comes later would then seem to have come
 * before. Moments of this clock keep their order, and what lies between two of them never seems shorter than it was. Where one
 * is shown, stored or compared with another machine's clock, {@link #timeOfDay(Instant)} says when it was by the time of day
 * of now.
 *
 * <p>Where the time of day goes ahead, this one follows: the clock was set, or the machine has slept. Safe for several threads.
 */
public final class SteadyClock implements InstantSource {
    private static final SteadyClock SYSTEM = new SteadyClock(InstantSource.system(), System::nanoTime);
    /** The two clocks are not read at once, so less than this is no setting back. */
    private static final Duration NOISE = Duration.ofMillis(100);

    private static final Duration AT_ONCE = Duration.ofMillis(10);
    private static final int MOST_READINGS = 10;

    private final InstantSource timeOfDay;
    private final LongSupplier nanoTime;
    /** The time of day when the monotonic clock was zero: less than before when the time of day was set back. */
    private Instant zero = Instant.MIN;

    private Duration setBack = Duration.ZERO;
    private Instant last = Instant.MIN;

    /**
     * @param timeOfDay which can be set
     * @param nanoTime  monotonic, such as {@link System#nanoTime()}
     */
    public SteadyClock(InstantSource timeOfDay, LongSupplier nanoTime) {
        this.timeOfDay = timeOfDay;
        this.nanoTime = nanoTime;
    }

    /** This machine's; the same for all, so that their moments can be compared. */
    public static SteadyClock system() {
        return SYSTEM;
    }

    @Override
    public synchronized Instant instant() {
        Instant now;
        long nanos;
        int readings = 0;
        do {
            nanos = nanoTime.getAsLong();
            now = timeOfDay.instant();
            readings++;
        } while (nanoTime.getAsLong() - nanos > AT_ONCE.toNanos() && readings < MOST_READINGS);
        Instant zeroNow = now.minusNanos(nanos);
        if (zeroNow.isAfter(zero)) {
            zero = zeroNow;
        }
        Duration back = Duration.between(zeroNow, zero);
        if (back.compareTo(NOISE) > 0) {
            setBack = setBack.plus(back);
            zero = zeroNow;
        }
        Instant steady = now.plus(setBack);
        last = steady.isAfter(last) ? steady : last;
        return last;
    }

    /** When it was by the time of day, as that is set now; null of null. */
    public synchronized Instant timeOfDay(Instant moment) {
        return moment == null ? null : moment.minus(setBackNow());
    }

    /** The moment that was then by the time of day, as that is set now. */
    public synchronized Instant momentOf(Instant time) {
        return time.plus(setBackNow());
    }

    private Duration setBackNow() {
        instant();
        return setBack;
    }
}
