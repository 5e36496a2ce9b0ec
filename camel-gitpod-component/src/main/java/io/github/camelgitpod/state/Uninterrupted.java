package io.github.camelgitpod.state;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/** Lets work with channels, which an interrupt closes, come to its end: a state is worth the moment, also at a forced stop. */
final class Uninterrupted {
    private Uninterrupted() {}

    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /** @param work begun again when an interrupt disturbs it, which is passed on at the end */
    static void run(Work work) throws IOException {
        boolean interrupted = false;
        try {
            while (!isDone(work)) {
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean isDone(Work work) throws IOException {
        try {
            work.run();
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        }
    }
}
