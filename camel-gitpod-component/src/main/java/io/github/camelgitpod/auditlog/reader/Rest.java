package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.client.Backoff;
import io.github.camelgitpod.client.ListingGivenUpException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** After a poll whose listing was given up nothing is asked for a while, each time longer, as after a refusal that lasts. */
final class Rest {
    private static final Backoff INTERVALS = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5), () -> 1);

    private final LongSupplier nanoTime;
    private int givenUp;
    private long endsAt;
    /** Null: there is no rest. */
    private ListingGivenUpException reason;

    /** @param nanoTime a monotonic clock, such as {@link System#nanoTime()} */
    Rest(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** @throws ListingGivenUpException the last one, while the rest lasts */
    void check() throws ListingGivenUpException {
        if (reason != null && nanoTime.getAsLong() - endsAt < 0) {
            throw reason;
        }
    }

    void begin(ListingGivenUpException failure) {
        reason = failure;
        endsAt = nanoTime.getAsLong() + INTERVALS.afterFailures(++givenUp).toNanos();
    }

    /** All is well. */
    void end() {
        givenUp = 0;
        reason = null;
    }
}
