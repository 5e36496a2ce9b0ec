package io.github.camelgitpod;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/** Lets tests of other packages set the clock of this machine, which no option does. */
public final class MachineClock {
    private MachineClock() {}

    public static void set(GitpodComponent component, InstantSource clock) {
        component.setClock(clock);
    }

    /** The clock by which health judges how long something takes. */
    public static void setNanoTime(GitpodComponent component, LongSupplier nanoTime) {
        component.setNanoTime(nanoTime);
    }
}
