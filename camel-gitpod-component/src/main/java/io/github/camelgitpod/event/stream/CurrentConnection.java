package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.model.StreamGap;
import java.time.Instant;

/**
 * The connection that a stream has now, if it has one: notes what is missed from one to the next, and tells the listener
 * and the inbox. Changed by the thread that holds the stream, read by any.
 */
final class CurrentConnection {
    private final OpenGap gaps;
    private final Reconnect retry;
    private final StreamMeter meter;
    private final StreamListener listener;
    private final StreamInbox inbox;
    private final StreamClock clock;
    private volatile HeldConnection held;

    CurrentConnection(
            OpenGap gaps,
            Reconnect retry,
            StreamMeter meter,
            StreamListener listener,
            StreamInbox inbox,
            StreamClock clock) {
        this.gaps = gaps;
        this.retry = retry;
        this.meter = meter;
        this.listener = listener;
        this.inbox = inbox;
        this.clock = clock;
    }

    /** Null: there is none. */
    HeldConnection get() {
        return held;
    }

    /** Until when nothing was missed; null: it is not known. */
    Instant receivedUpTo() {
        HeldConnection now = held;
        return now == null ? gaps.lostAt() : now.readUpTo();
    }

    /** Since when what comes now may have come already; null: it comes now. */
    Instant behindSince() {
        HeldConnection now = held;
        return now != null && now.isBehind() ? now.readUpTo() : null;
    }

    void opened(HeldConnection fresh) {
        held = fresh;
        StreamGap gap = gaps.connected(fresh.openedAt());
        meter.open(fresh.connection(), gap);
        listener.connected(clock.timeOfDay(gap));
        inbox.opened(gap);
    }

    /**
     * It ended, and none has taken its place.
     *
     * @param ending null: that was asked for
     */
    void lost(HeldConnection old, Ending ending, String reason) {
        gaps.lost(old.readUpTo(), reason);
        held = null;
        meter.closed();
        if (ending != null && ending.isOfServer()) {
            inbox.ended(clock.now());
        }
    }

    /**
     * Another one has taken its place.
     *
     * @param lived  whether the old one was alive, so that nothing was missed
     * @param ending of the old one; null: it has not ended
     * @param why    it was renewed, a reason of gaps
     */
    void replaced(HeldConnection old, HeldConnection fresh, boolean lived, Ending ending, String why) {
        StreamGap gap = null;
        if (!lived) {
            gaps.lost(old.readUpTo(), ending == null ? why : ending.reason());
            gaps.attempt();
            gap = gaps.connected(fresh.openedAt());
        }
        retry.lived(old.age());
        held = fresh;
        meter.renewed(fresh.connection(), gap);
        listener.renewed(why, clock.timeOfDay(gap));
        if (gap != null) {
            inbox.opened(gap);
        }
    }
}
