package io.github.camelgitpod.simulator.life;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;

/**
 * When the steps of a life happen: at random, at a mean rate, no two in the same microsecond. It depends on the seed
 * alone, so that the time that a number of steps takes is known before they are made.
 */
public final class Pace {

    private final SplittableRandom random;
    private final double meanMicros;
    private Instant next;

    /**
     * A pace.
     *
     * @param seed same seed, same pauses
     * @param epoch when the life begins; the first step comes after it
     * @param perSecond mean number of steps
     */
    public Pace(long seed, Instant epoch, double perSecond) {
        this.random = new SplittableRandom(seed ^ 0x5DEECE66DL);
        this.meanMicros = 1_000_000 / perSecond;
        this.next = epoch.truncatedTo(ChronoUnit.MICROS);
        step();
    }

    /**
     * How long a number of steps takes.
     *
     * @param seed as of the pace
     * @param perSecond as of the pace
     * @param steps how many
     * @return from the epoch to the last of them
     */
    public static Duration of(long seed, double perSecond, int steps) {
        Pace pace = new Pace(seed, Instant.EPOCH, perSecond);
        for (int i = 1; i < steps; i++) {
            pace.step();
        }
        return steps == 0 ? Duration.ZERO : Duration.between(Instant.EPOCH, pace.next);
    }

    /**
     * When the next step is due.
     *
     * @return to the microsecond
     */
    public Instant next() {
        return next;
    }

    /** Goes on to the step after it. */
    public void step() {
        // StrictMath: the same to the last bit on every machine.
        double pause = -StrictMath.log(1 - random.nextDouble()) * meanMicros;
        next = next.plus(Math.max((long) pause, 1), ChronoUnit.MICROS);
    }
}
