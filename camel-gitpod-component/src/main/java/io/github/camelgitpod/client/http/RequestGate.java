package io.github.camelgitpod.client.http;

import io.github.camelgitpod.client.ApiException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Holds requests back: when the server has said that it wants no request for a while, none is sent before. After a failure that lasts
 * (access refused, or something else than the API has answered) the next request is allowed at growing intervals, of 5 seconds to 5 minutes. A rotated token is another
 * credential, and so has gates of its own, which are open. Safe for use by several threads.
 */
final class RequestGate {
    private static final Duration FIRST_REFUSAL = Duration.ofSeconds(5);
    private static final Duration LONGEST_REFUSAL = Duration.ofMinutes(5);
    /** Refusals within this time count as one wish for fewer requests. */
    private static final long ONE_SLOW_DOWN = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanoTime;
    private long opensAt;
    private int refusals;
    private long slowDowns;
    private long slowDownAt;
    private ApiException reason;

    /** @param nanoTime a monotonic clock, such as {@link System#nanoTime()} */
    RequestGate(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** How long no request may be sent; zero: at once. */
    synchronized Duration remaining() {
        return reason == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, opensAt - nanoTime.getAsLong()));
    }

    /** Whether it holds nothing back, and opened so long ago that earlier refusals need not be remembered. */
    synchronized boolean isAtRest() {
        return reason == null || nanoTime.getAsLong() - opensAt >= LONGEST_REFUSAL.toNanos();
    }

    /** The answer that closed the gate, with the time that is left; to be called while it is closed. */
    synchronized ApiException reason() {
        return reason.withRetryAfter(remaining());
    }

    /**
     * How often the server has said that there are too many requests (429). Those that were under way together and are all
     * told so count as one.
     */
    synchronized long slowDowns() {
        return slowDowns;
    }

    /** Takes note of a failure; closes the gate if the answer asks for it. */
    synchronized void failed(ApiException answer) {
        long now = nanoTime.getAsLong();
        if (answer.status() == 429 && (slowDowns == 0 || now - slowDownAt >= ONE_SLOW_DOWN)) {
            slowDowns++;
            slowDownAt = now;
        }
        if (answer.isLasting()) {
            long doubled = FIRST_REFUSAL.toNanos() << Math.min(refusals++, 10);
            close(answer, Math.min(doubled, LONGEST_REFUSAL.toNanos()));
        } else {
            answer.retryAfter().ifPresent(wait -> close(answer, wait.toNanos()));
        }
    }

    /** Takes note of a success. */
    synchronized void succeeded() {
        refusals = 0;
        if (reason != null && reason.isLasting()) {
            reason = null;
        }
    }

    private void close(ApiException answer, long nanos) {
        reason = answer;
        opensAt = nanoTime.getAsLong() + nanos;
    }
}
