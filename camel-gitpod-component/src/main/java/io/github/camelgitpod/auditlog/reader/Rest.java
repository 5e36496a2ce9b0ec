package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.Backoff;
import io.github.camelgitpod.client.ListingGivenUpException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * After a poll that would fail the same way again, nothing is asked for a while, each time longer, as after a refusal that lasts: its
 * listing was given up, or the server did not take the request, such as a value of the filter that it does not know.
 */
final class Rest {
    private static final Backoff INTERVALS = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5), () -> 1);

    private final LongSupplier nanoTime;
    private int givenUp;
    private long endsAt;
    /** Null: there is no rest. */
    private IOException reason;

    /** @param nanoTime a monotonic clock, such as {@link System#nanoTime()} */
    Rest(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    static boolean isNeededAfter(IOException failure) {
        return failure instanceof ListingGivenUpException
                || (failure instanceof ApiException answer && answer.isRequestRefused());
    }

    /** @throws IOException the last failure, while the rest lasts */
    void check() throws IOException {
        if (reason != null && nanoTime.getAsLong() - endsAt < 0) {
            throw reason;
        }
    }

    void begin(IOException failure) {
        reason = failure;
        endsAt = nanoTime.getAsLong() + INTERVALS.afterFailures(++givenUp).toNanos();
    }

    /** All is well. */
    void end() {
        givenUp = 0;
        reason = null;
    }
}
