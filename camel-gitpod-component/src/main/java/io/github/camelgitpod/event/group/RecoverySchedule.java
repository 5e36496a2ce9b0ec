package io.github.camelgitpod.event.group;

import io.github.camelgitpod.client.Backoff;
import io.github.camelgitpod.client.Durations;
import io.github.camelgitpod.client.ToldOnce;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * When one stream's recovery is tried, and when to look for what becomes visible late. Times are in nanoseconds. Safe for
 * several threads: that which delivers asks, that which recovers says how it went.
 */
final class RecoverySchedule {
    private boolean pending;
    private int failures;
    private final ToldOnce failure = new ToldOnce();
    private long recoverAt;
    /** Null: there is nothing to wait for. */
    private Long lookAt;

    /** Something is to be recovered. */
    synchronized void recoveryWanted() {
        pending = true;
    }

    /** It is due at once. */
    synchronized void recoverNow(long now) {
        recoverAt = now;
    }

    /**
     * It could not be recovered; each time in a row the wait is longer.
     *
     * @param shortest the least that it is
     */
    synchronized void recoverLater(Backoff backoff, Duration shortest, long now) {
        failures++;
        recoverAt = now
                + Durations.longer(backoff.afterFailures(failures), shortest).toNanos();
    }

    /** Whether people have not heard of this failure yet; from now on they have, until {@link #recovered()}. */
    synchronized boolean isFirstFailure() {
        return failure.begins();
    }

    /** Nothing is to be recovered any more. */
    synchronized void recovered() {
        pending = false;
        failures = 0;
        failure.ends();
    }

    /** @param wait until the next look for what became visible late; null: there will be none */
    synchronized void lookLater(Duration wait, long now) {
        lookAt = wait == null ? null : now + wait.toNanos();
    }

    synchronized boolean isRecoveryDue(long now) {
        return pending && recoverAt - now <= 0;
    }

    synchronized boolean isLookDue(long now) {
        return lookAt != null && lookAt - now <= 0;
    }

    /** After how long one of them is due; null: never. */
    synchronized Duration untilDue(long now) {
        return Stream.of(pending ? recoverAt : null, lookAt)
                .filter(Objects::nonNull)
                .map(due -> Duration.ofNanos(Math.max(1, due - now)))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }
}
