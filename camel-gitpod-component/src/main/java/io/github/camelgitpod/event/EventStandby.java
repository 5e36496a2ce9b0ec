package io.github.camelgitpod.event;

import io.github.camelgitpod.event.group.Later;
import io.github.camelgitpod.health.HealthReport;
import io.github.camelgitpod.health.HealthState;
import io.github.camelgitpod.state.OvertakenException;
import io.github.camelgitpod.state.Standby;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a consumer of events does while a consumer on another machine goes on with the positions of its streams: it holds no
 * stream, and looks at the stored positions until they have stayed the same for a while.
 */
final class EventStandby {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(EventStandby.class);

    private final Standby standby;
    private final Supplier<String> stored;
    private final Runnable goOn;
    private volatile Instant since;
    /** Why this one may not go on; null: nothing is known of that. */
    private volatile String refusal;

    /**
     * @param nanoTime a monotonic clock, such as {@link System#nanoTime()}
     * @param stored   reads the positions as they are stored
     * @param goOn     opens the streams from there; an {@link IllegalStateException} says why that must not be
     */
    EventStandby(LongSupplier nanoTime, Supplier<String> stored, Runnable goOn) {
        this.standby = new Standby("the positions of the event streams", nanoTime);
        this.stored = stored;
        this.goOn = goOn;
    }

    /** Whether another consumer goes on with the positions. */
    boolean isOn() {
        return standby.isOn();
    }

    /** How often another one did. */
    long times() {
        return standby.times();
    }

    /** How the consumer is while another one goes on. */
    HealthReport report() {
        if (refusal != null) {
            return new HealthReport(HealthState.FAILED, refusal, since, null, null, refusal);
        }
        return new HealthReport(
                HealthState.STANDBY,
                "Another consumer goes on with the positions of the streams; this one does when that one no longer saves them",
                since,
                null,
                null,
                null);
    }

    void begin(OvertakenException cause) {
        since = Instant.now();
        standby.begin(cause);
    }

    /** The streams are opened from the stored positions. */
    void end() {
        refusal = null;
        standby.end("the other one has not saved them for a while, or it was started anew");
    }

    /** The positions are this consumer's without doubt. */
    void calm() {
        standby.calm();
    }

    /** Looks, now and then, until it is over. */
    void look(Later watch) {
        if (!standby.isOn()) {
            return;
        }
        if (isOver() && goesOn()) {
            return;
        }
        watch.later(BETWEEN_LOOKS, () -> look(watch));
    }

    private boolean goesOn() {
        try {
            goOn.run();
            return true;
        } catch (IllegalStateException e) {
            if (!e.getMessage().equals(refusal)) {
                LOG.warn("The event streams stay closed, since nobody goes on with them: {}", e.getMessage());
            }
            refusal = e.getMessage();
            return false;
        }
    }

    private boolean isOver() {
        try {
            return standby.isOver(stored.get());
        } catch (RuntimeException e) {
            LOG.debug("The positions of the event streams cannot be read", e);
            return false;
        }
    }
}
