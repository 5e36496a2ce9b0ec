package io.github.camelgitpod.state;

import io.github.camelgitpod.client.Backoff;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether another consumer goes on with this one's state. While it does, it saves again and again, and this one delivers
 * nothing; when the stored state has stayed the same over some looks and for some time, this one goes on from it. Each time
 * it is overtaken again after that it waits longer, so that two whose exchanges are slow do not take turns for ever. Told by
 * one thread at a time.
 */
public final class Standby {
    private static final Logger LOG = LoggerFactory.getLogger(Standby.class);
    /** Both consumers look at the same intervals, so one that is alive has had its turn between so many looks. */
    private static final int LOOKS = 4;

    private static final Backoff PATIENCE = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(10), () -> 1);

    private final String what;
    private final LongSupplier nanoTime;
    private volatile boolean on;
    private int inARow;
    private volatile long times;
    /** How the stored state was when it was seen to change last. */
    private String seen;

    private long seenAt;
    private int looks;

    /**
     * @param what     is stored, for the log
     * @param nanoTime a monotonic clock, such as {@link System#nanoTime()}
     */
    public Standby(String what, LongSupplier nanoTime) {
        this.what = what;
        this.nanoTime = nanoTime;
    }

    /** Whether the other one goes on with the cursor. For any thread. */
    public boolean isOn() {
        return on;
    }

    /** How often this consumer was overtaken. For any thread. */
    public long times() {
        return times;
    }

    /** The other one has the state. */
    public void begin(OvertakenException overtaken) {
        if (!on) {
            LOG.warn(
                    "Another consumer goes on with {}, so this one stands by. What it has delivered since its last save may come"
                            + " twice. {}",
                    what,
                    overtaken.getMessage());
            on = true;
            times++;
            inARow++;
        }
        looks = 0;
    }

    /**
     * Whether this one may read the state anew and go on from it.
     *
     * @param stored as it is now; null: nothing is
     */
    public boolean isOver(String stored) {
        long now = nanoTime.getAsLong();
        if (looks == 0 || !Objects.equals(stored, seen)) {
            seen = stored;
            seenAt = now;
            looks = 1;
            return false;
        }
        looks++;
        return looks >= LOOKS && now - seenAt >= PATIENCE.afterFailures(inARow).toNanos();
    }

    /** This one goes on. */
    public void end(String why) {
        LOG.info("This consumer goes on with {}: {}", what, why);
        on = false;
        seen = null;
    }

    /** It is this one's without doubt: a poll has ended well, or the consumer was started. */
    public void calm() {
        inARow = 0;
    }
}
