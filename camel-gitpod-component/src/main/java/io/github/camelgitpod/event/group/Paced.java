package io.github.camelgitpod.event.group;

import java.time.Duration;

/** Does something as soon as it is wanted, but at most once a second, however often it is wanted. */
final class Paced {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Object lock;
    private final Runnable task;
    private StreamsRun run;
    private boolean wanted;
    private boolean pausing;

    /** @param lock that callers hold; the task is done under it */
    Paced(Object lock, Runnable task) {
        this.lock = lock;
        this.task = task;
    }

    /** To be called first, and again for each new run. */
    void begin(StreamsRun begun) {
        run = begun;
        pausing = false;
    }

    /** The task is to be done now, or when the pause since it was done last is over. */
    void want() {
        wanted = true;
        if (!pausing) {
            doIfWanted();
        }
    }

    private void doIfWanted() {
        pausing = wanted;
        if (wanted) {
            wanted = false;
            task.run();
            run.executeLater(PAUSE, () -> {
                synchronized (lock) {
                    doIfWanted();
                }
            });
        }
    }
}
