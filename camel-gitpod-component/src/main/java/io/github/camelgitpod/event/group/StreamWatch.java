package io.github.camelgitpod.event.group;

import io.github.camelgitpod.client.Durations;
import io.github.camelgitpod.event.stream.StreamClock;
import io.github.camelgitpod.event.stream.StreamStatus;
import io.github.camelgitpod.event.stream.StreamStatus.State;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after the streams, again and again: renews connections, closes streams without an environment, saves positions. */
final class StreamWatch {
    private static final Logger LOG = LoggerFactory.getLogger(StreamWatch.class);
    private static final int FORBIDDEN = 403;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(20);
    private static final Duration BETWEEN_SAVES = Duration.ofSeconds(5);

    private final Supplier<List<HeldStream>> streams;
    private final EnvironmentStreams environments;
    private final Runnable saving;
    private final StreamClock clock;
    private long savedAt;

    /**
     * @param environments hears of environments that are no more; null: there is no stream for each environment
     * @param saving       saves the positions
     */
    StreamWatch(
            Supplier<List<HeldStream>> streams, EnvironmentStreams environments, Runnable saving, StreamClock clock) {
        this.streams = streams;
        this.environments = environments;
        this.saving = saving;
        this.clock = clock;
        this.savedAt = clock.nanos();
    }

    /** Returns at once. */
    void begin(StreamsRun run) {
        lookIn(Duration.ZERO, run);
    }

    private void lookIn(Duration wait, StreamsRun run) {
        run.watchLater(wait, () -> {
            Duration next = look();
            lookIn(Durations.longer(next, SHORTEST_WAIT), run);
        });
    }

    /** After how long to look again. */
    private Duration look() {
        Duration next = LONGEST_WAIT;
        try {
            List<HeldStream> all = streams.get();
            for (HeldStream held : all) {
                next = Durations.shorter(held.stream().check(), next);
            }
            lookAtEnvironments(all);
            if (clock.since(savedAt).compareTo(BETWEEN_SAVES) >= 0) {
                savedAt = clock.nanos();
                saving.run();
            }
        } catch (RuntimeException | Error e) {
            // Whatever it was, the next look must come.
            LOG.warn("Looking after the event streams failed", e);
        }
        return next;
    }

    /** Where the server says that there is no such environment, or that it may not be watched. */
    private void lookAtEnvironments(List<HeldStream> all) {
        for (HeldStream held : all) {
            String id = held.stream().environmentId();
            if (environments == null || id == null) {
                continue;
            }
            StreamStatus status = held.stream().status();
            if (status.state() == State.FAILED) {
                environments.gone(id);
            } else if (status.state() != State.CONNECTING) {
                environments.refused(id, status.state() == State.RECONNECTING && status.lastStatus() == FORBIDDEN);
            }
        }
    }
}
