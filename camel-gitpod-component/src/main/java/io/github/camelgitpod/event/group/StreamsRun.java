package io.github.camelgitpod.event.group;

import io.github.camelgitpod.client.GitpodClient;
import java.time.Duration;

/** A consumer's streams from the time they are opened until they are stopped. */
final class StreamsRun {
    private final GitpodClient client;
    private final Workers workers;
    private volatile boolean over;

    /** @param client closed by {@link #end} */
    StreamsRun(GitpodClient client, Workers workers) {
        this.client = client;
        this.workers = workers;
    }

    GitpodClient client() {
        return client;
    }

    boolean isOver() {
        return over;
    }

    /** More than once does no harm. */
    void end() {
        if (!over) {
            over = true;
            client.close();
        }
    }

    /** On a thread of the streams, now. */
    void execute(Runnable task) {
        workers.streams().execute(task);
    }

    /** On a thread of the streams, later; not when the run is over by then. */
    void executeLater(Duration wait, Runnable task) {
        watchLater(wait, () -> execute(task));
    }

    /** By who looks after the streams; not when the run is over by then. */
    void watchLater(Duration wait, Runnable task) {
        workers.watch().later(wait, () -> {
            if (!over) {
                task.run();
            }
        });
    }
}
