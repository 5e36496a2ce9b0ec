package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.FailureText;
import io.github.camelgitpod.client.ListingGivenUpException;
import io.github.camelgitpod.client.RequestMeter;
import io.github.camelgitpod.health.HealthReport;
import io.github.camelgitpod.health.HealthState;
import io.github.camelgitpod.state.StateUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Decides how a consumer of the audit log is, from what its polls tell. Time that passes is taken from a monotonic clock: a clock of
 * this machine that is wrong changes nothing. Told by the thread that polls, asked by any.
 */
public final class ReadHealth {
    private static final Duration SHORTEST_STALE = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final RequestMeter requests;
    /** Null: something outside of the consumer decides when it polls. */
    private final Duration delay;

    private final Duration staleAfter;

    private boolean running;
    private boolean polling;
    private boolean answered;
    private boolean complete;
    private boolean finished;
    private boolean standby;
    private Instant standbySince;
    private Throwable failure;
    private Instant failedAt;
    private Instant lastSuccessAt;
    private long pollBeganAt;
    /** When something was delivered last, or all was read. */
    private volatile long movedAt;

    private volatile boolean inRoute;
    private volatile boolean refusedByRoute;

    /**
     * @param clock    the time of day, for people
     * @param nanoTime a monotonic clock, such as {@link System#nanoTime()}
     * @param requests of the consumer
     * @param delay    between two polls; null: something outside of the consumer decides when it polls
     */
    public ReadHealth(InstantSource clock, LongSupplier nanoTime, RequestMeter requests, Duration delay) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.requests = requests;
        this.delay = delay;
        Duration three = delay == null ? SHORTEST_STALE : delay.multipliedBy(3);
        this.staleAfter = three.compareTo(SHORTEST_STALE) > 0 ? three : SHORTEST_STALE;
        this.movedAt = nanoTime.getAsLong();
    }

    /** @param wait until the first poll */
    public synchronized void started(Duration wait) {
        running = true;
        movedAt = nanoTime.getAsLong() + wait.toNanos();
    }

    /** It was stopped or suspended. */
    public synchronized void stopped() {
        running = false;
        polling = false;
        answered = false;
        complete = false;
        failure = null;
        standby = false;
    }

    public synchronized void pollBegins() {
        polling = true;
        pollBeganAt = nanoTime.getAsLong();
        if (finished) {
            // Somebody has reset the cursor.
            finished = false;
            complete = false;
            movedAt = pollBeganAt;
        }
        refusedByRoute = false;
    }

    /** A poll has found that another consumer goes on with the cursor. */
    public synchronized void standsBy() {
        polling = false;
        failure = null;
        complete = false;
        standbySince = standby ? standbySince : clock.instant();
        standby = true;
        movedAt = nanoTime.getAsLong();
    }

    /** The server has answered, and the route gets what it said. */
    public synchronized void delivering() {
        answered = true;
        failure = null;
        standby = false;
        inRoute = true;
    }

    /** The route has taken something. */
    public void delivered() {
        movedAt = nanoTime.getAsLong();
    }

    /** The route has what it was to get, or takes no more for now. */
    public void deliveryEnds(boolean refused) {
        inRoute = false;
        refusedByRoute |= refused;
    }

    /**
     * @param all     whether everything there is was delivered
     * @param forEver whether nothing will come after it
     */
    public synchronized void pollEnds(boolean all, boolean forEver) {
        polling = false;
        answered = true;
        failure = null;
        standby = false;
        complete = all;
        finished = forEver;
        if (all) {
            lastSuccessAt = clock.instant();
            movedAt = nanoTime.getAsLong();
        }
    }

    public synchronized void pollFailed(Throwable cause) {
        polling = false;
        inRoute = false;
        complete = false;
        failure = cause;
        failedAt = clock.instant();
    }

    /** How the consumer is now. */
    public synchronized HealthReport report() {
        Duration held = requests.heldBackFor();
        if (!running) {
            return report(HealthState.STARTING, "It is not running", null);
        } else if (finished) {
            return report(HealthState.FINISHED, "Everything that was asked for was delivered", null);
        } else if (standby && failure == null && !isStale()) {
            return report(
                    HealthState.STANDBY,
                    "Another consumer goes on with the cursor; this one does when that one no longer saves it",
                    null);
        } else if (!held.isZero()) {
            return throttled(clock.instant().plus(held));
        } else if (failure != null) {
            return failed();
        } else if (isStale()) {
            return report(HealthState.STALE, whyStale(), null);
        } else if (!answered) {
            return report(HealthState.STARTING, "The server has not answered yet", null);
        }
        return report(complete ? HealthState.CURRENT : HealthState.CATCHING_UP, null, null);
    }

    private HealthReport failed() {
        if (failure instanceof RefusedCursorException) {
            return report(HealthState.FAILED, failure.getMessage(), null);
        }
        HealthState state = HealthState.after(failure);
        Instant next = nextAttemptAt();
        return state == HealthState.THROTTLED ? throttled(next) : report(state, text(failure), next);
    }

    private HealthReport throttled(Instant until) {
        return report(
                HealthState.THROTTLED,
                "The server wants fewer requests" + (until == null ? "" : ": none is sent before " + until)
                        + ". If that lasts, choose a longer delay, or use the token for fewer consumers",
                until);
    }

    /** As far as it is known. */
    private Instant nextAttemptAt() {
        Duration asked =
                failure instanceof ApiException answer ? answer.retryAfter().orElse(null) : null;
        if (asked != null) {
            return failedAt.plus(asked);
        }
        boolean atGrowingIntervals = failure instanceof ListingGivenUpException;
        return delay == null || atGrowingIntervals ? null : failedAt.plus(delay);
    }

    private boolean isStale() {
        if (delay == null && !polling) {
            return false;
        }
        long since = movedAt;
        if (delay == null && pollBeganAt - since > 0) {
            since = pollBeganAt;
        }
        return nanoTime.getAsLong() - since > staleAfter.toNanos();
    }

    private String whyStale() {
        Duration still = Duration.ofSeconds(
                Duration.ofNanos(nanoTime.getAsLong() - movedAt).toSeconds());
        String why = "no poll was made: look what the threads of the scheduler do";
        if (inRoute) {
            why = "an exchange is in the route, which takes nothing more before its end: look what the route waits for";
        } else if (refusedByRoute) {
            why = "the route fails with an entry, which comes again with each poll: look at the log";
        } else if (polling) {
            why = "the server's answers bring nothing, or take too long: look at its state, and at proxies on the way";
        }
        return "Nothing failed, and yet nothing was read or delivered for " + still + "; " + why;
    }

    private HealthReport report(HealthState state, String message, Instant nextAttemptAt) {
        String error = failure == null ? null : text(failure);
        Instant since = state == HealthState.STANDBY ? standbySince : null;
        return new HealthReport(state, message, since, lastSuccessAt, nextAttemptAt, error);
    }

    private static String text(Throwable failure) {
        boolean forPeople = failure instanceof RefusedCursorException || failure instanceof StateUnavailableException;
        return forPeople ? failure.getMessage() : FailureText.of(failure);
    }
}
