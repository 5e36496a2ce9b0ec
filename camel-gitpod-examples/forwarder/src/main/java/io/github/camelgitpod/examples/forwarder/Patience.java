package io.github.camelgitpod.examples.forwarder;

import java.time.Duration;

/** For how long an export bears with a server that cannot be reached. */
final class Patience {
    private static final Duration WHOLE = Duration.ofMinutes(5);

    private long until = System.nanoTime() + WHOLE.toNanos();

    /** @param state the one at this moment */
    boolean isOver(String state) {
        if (!state.equals("UNREACHABLE")) {
            until = System.nanoTime() + WHOLE.toNanos();
        }
        return until - System.nanoTime() <= 0;
    }
}
