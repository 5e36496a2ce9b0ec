package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.Backoff;
import io.github.camelgitpod.client.Durations;
import io.github.camelgitpod.client.EventQuery;
import java.time.Duration;

/**
 * Decides whether and when to connect again, and waits. The waits grow with each ending, also a clean one, and begin with
 * the shortest again after a connection that lived for a while. An error that will not pass by itself ends the stream. After
 * a refused token, a new token ends the wait.
 */
final class Reconnect {
    /** A connection that lived so long was a good one. */
    static final Duration HEALTHY_AFTER = Duration.ofSeconds(60);
    /** How often it is checked whether the refused token has been replaced. */
    static final Duration TOKEN_POLL = Duration.ofSeconds(1);

    private final EventQuery query;
    private final Backoff backoff;
    private final StreamListener listener;
    private final Capacity capacity;
    private final StreamMeter meter;
    private final OpenGap gaps;
    private final StreamClock clock;
    private int endings;

    Reconnect(
            EventQuery query,
            Backoff backoff,
            StreamListener listener,
            Capacity capacity,
            StreamMeter meter,
            OpenGap gaps,
            StreamClock clock) {
        this.query = query;
        this.backoff = backoff;
        this.listener = listener;
        this.capacity = capacity;
        this.meter = meter;
        this.gaps = gaps;
        this.clock = clock;
    }

    void begin() {
        endings = 0;
    }

    /** A connection ended, or was replaced, after so long. */
    void lived(Duration time) {
        if (time.compareTo(HEALTHY_AFTER) >= 0) {
            endings = 0;
        }
    }

    /** Waits until it is time to connect again; false: never. */
    boolean goesOnAfter(Ending ending, StreamSession session) {
        gaps.attemptFailed(ending.reason());
        if (ending.isPermanent()) {
            meter.failed(ending.reason(), ending.cause());
            listener.gaveUp(ending.cause());
            return false;
        }
        Duration wait = backoff.afterFailures(++endings);
        boolean refused = false;
        if (ending.cause() instanceof ApiException answer) {
            wait = Durations.longer(answer.retryAfter().orElse(Duration.ZERO), wait);
            refused = answer.isAccessRefused() && isTokenRefused(session);
        }
        meter.reconnecting(ending, clock.now().plus(wait));
        listener.disconnected(ending.reason(), ending.cause(), wait);
        boolean goesOn = refused ? awaitAccess(wait, session) : clock.waiting().test(session.pause, wait);
        while (goesOn && ending.isStall() && !capacity.await(session.pause)) {
            goesOn = session.isOpen();
        }
        return goesOn && session.isOpen();
    }

    /** Waits, but not longer than until the token is replaced. */
    private boolean awaitAccess(Duration wait, StreamSession session) {
        long until = clock.nanos() + wait.toNanos();
        boolean goesOn = true;
        boolean refused = true;
        while (goesOn && refused && until - clock.nanos() > 0) {
            Duration remaining = Duration.ofNanos(until - clock.nanos());
            goesOn = clock.waiting().test(session.pause, Durations.shorter(TOKEN_POLL, remaining));
            refused = isTokenRefused(session);
        }
        return goesOn;
    }

    private boolean isTokenRefused(StreamSession session) {
        try {
            return !session.client.streamsAllowedIn(query).isZero();
        } catch (RuntimeException e) {
            // There is no token at the moment.
            return true;
        }
    }
}
