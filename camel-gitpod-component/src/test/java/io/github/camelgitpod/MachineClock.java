package io.github.camelgitpod;

import java.time.InstantSource;

/** Lets tests of other packages set the clock of this machine, which no option does. */
public final class MachineClock {
    private MachineClock() {}

    public static void set(GitpodComponent component, InstantSource clock) {
        component.setClock(clock);
    }
}
