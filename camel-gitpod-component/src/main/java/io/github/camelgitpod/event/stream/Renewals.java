package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.Durations;
import io.github.camelgitpod.model.GapReasons;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Renews the connection of a stream when it was silent for too long or is old. Another thread opens the new one, and holds
 * the stream once that has taken over; {@link Renewal} finds out when. What fails is tried again later, with growing waits.
 */
final class Renewals {
    private static final Duration WHILE_RENEWING = Duration.ofMillis(100);
    private static final Duration NEVER = Duration.ofDays(1);

    private final StreamSettings settings;
    private final CurrentConnection current;
    private final IncomingLines lines;
    private final Capacity capacity;
    private final StreamClock clock;
    private final Executor executor;
    private final Holder holder;
    /** The connection that somebody wants to be renewed; null: none. */
    private volatile HeldConnection unwanted;

    /** What a thread of a stream does; the one of a renewal becomes one. */
    interface Holder {

        HeldConnection connect(StreamSession session) throws IOException;

        /** This thread has the stream now, with this connection. */
        void hold(StreamSession session, HeldConnection opened);

        /** This thread has the stream now, after an attempt to connect that failed. */
        void holdAfter(StreamSession session, Ending attempt);
    }

    /** @param executor for the threads that open new connections */
    Renewals(
            StreamSettings settings,
            CurrentConnection current,
            IncomingLines lines,
            Capacity capacity,
            StreamClock clock,
            Executor executor,
            Holder holder) {
        this.settings = settings;
        this.current = current;
        this.lines = lines;
        this.capacity = capacity;
        this.clock = clock;
        this.executor = executor;
        this.holder = holder;
    }

    /** Makes it time to renew the connection that there is now. Where there is none, one is being opened anyway. */
    void want() {
        unwanted = current.get();
    }

    /**
     * Renews the connection if it is time.
     *
     * @return after how long to look again
     */
    Duration check(StreamSession session) {
        HeldConnection held = current.get();
        if (held == null || !session.isOpen()) {
            return NEVER;
        }
        held.look();
        if (held.decideRenewal()) {
            return WHILE_RENEWING;
        }
        Duration untilIdle = settings.idleTimeout().minus(held.connection().silence());
        Duration due = held.untilRenewal(untilIdle);
        boolean wanted = unwanted == held;
        if ((wanted || !isPositive(due)) && !capacity.isFull()) {
            unwanted = null;
            String aged = isPositive(untilIdle) ? GapReasons.MAX_AGE : GapReasons.IDLE;
            begin(held, wanted ? GapReasons.RECONNECT : aged, session);
            return WHILE_RENEWING;
        }
        return Durations.longer(due, WHILE_RENEWING);
    }

    private void begin(HeldConnection old, String why, StreamSession session) {
        Renewal renewal = new Renewal(
                old,
                lines::received,
                clock,
                (fresh, lived, ending) -> current.replaced(old, fresh, lived, ending, why));
        old.renewWith(renewal);
        try {
            executor.execute(() -> renew(old, renewal, session));
        } catch (RuntimeException | Error e) {
            // There may be no memory for a thread now.
            renewal.failed();
            tryLater(old);
            throw e;
        }
    }

    private void renew(HeldConnection old, Renewal renewal, StreamSession session) {
        HeldConnection fresh;
        try {
            fresh = holder.connect(session);
        } catch (IOException | RuntimeException e) {
            failed(old, renewal, e, session);
            return;
        }
        fresh.renewWith(renewal);
        if (!renewal.opened(fresh)) {
            // The route stalled meanwhile: the old one has ended too.
            fresh.close();
            return;
        }
        holder.hold(session, fresh);
        if (current.get() == old) {
            tryLater(old);
        }
    }

    private void failed(HeldConnection old, Renewal renewal, Exception cause, StreamSession session) {
        if (renewal.failed()) {
            // The old one has ended meanwhile, and left the stream to this thread.
            current.lost(old, renewal.oldEnding(), renewal.oldEnding().reason());
            holder.holdAfter(session, Ending.ofAttempt(cause));
        } else if (old.connection().awaitsAnswer() && !(cause instanceof ApiException)) {
            // Neither has an answer: the server hangs, or cannot be reached.
            old.drop(cause);
        } else {
            tryLater(old);
        }
    }

    private void tryLater(HeldConnection old) {
        old.renewalFailed(settings.backoff(), WHILE_RENEWING);
    }

    private static boolean isPositive(Duration duration) {
        return duration.compareTo(Duration.ZERO) > 0;
    }
}
