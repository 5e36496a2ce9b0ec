package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.Durations;
import io.github.camelgitpod.client.EventConnection;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.model.GapReasons;
import io.github.camelgitpod.model.StreamGap;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * Holds the event stream of one scope open: each event goes to the inbox once and in order. After every ending the stream is
 * opened again; what happened in between was missed, and the inbox gets that gap.
 *
 * <p>One thread reads. When there is no room it reads no more, and TCP makes the server wait. Only the time in which it
 * waits for the server counts as idle.
 *
 * <p>{@link #open} and {@link #stop} can be repeated in that order; figures and gaps live on.
 */
public final class EventStream {
    private static final Duration WHILE_RENEWING = Duration.ofMillis(100);
    private static final Duration NEVER = Duration.ofDays(1);

    private final EventQuery query;
    private final StreamSettings settings;
    private final StreamListener listener;
    private final StreamInbox inbox;
    private final Room room;
    private final IncomingLines lines;
    private final StreamClock clock;
    private final Executor executor;
    private final StreamMeter meter;
    private final OpenGap gaps = new OpenGap();
    private final Reconnect retry;
    /** Held by the thread that holds the stream: a new run waits until the stopped one before it is over. */
    private final Turn turn;

    private volatile StreamSession session;
    private volatile HeldConnection held;

    /** @param executor for the connections that replace others */
    public EventStream(
            EventQuery query,
            StreamSettings settings,
            StreamListener listener,
            StreamInbox inbox,
            Room room,
            StreamClock clock,
            Executor executor) {
        this.query = query;
        this.settings = settings;
        this.listener = listener;
        this.clock = clock;
        this.executor = executor;
        this.meter = new StreamMeter(clock.timeOfDay());
        this.inbox = inbox;
        this.room = room;
        this.lines = new IncomingLines(inbox, meter, listener, settings.maxLineBytes());
        this.turn = new Turn(clock);
        this.retry = new Reconnect(settings.backoff(), listener, room, meter, gaps, clock);
    }

    /** The environment of its scope; null: the organization. */
    public String environmentId() {
        return query.environmentId();
    }

    /** Its first connection comes after a gap. To be called before it is opened. */
    public void missedSince(Instant time, String reason) {
        gaps.lost(time, reason);
    }

    /**
     * If the first attempt fails, its first connection comes after a gap that begins then, instead of when it was opened. To be
     * called before that.
     */
    public void wantedSince(Instant time) {
        gaps.wantedSince(time);
    }

    /**
     * Gets ready; from now on {@link #stop(String)} ends it, even before it began.
     *
     * @param client closed by the caller after {@link #stop(String)}, which ends what is under way
     * @return connects, reads and reconnects until {@link #stop(String)}, an interrupt of its thread, or an error that will
     *         not pass; or until another thread has taken over
     */
    public Runnable open(GitpodClient client) {
        StreamSession opened = new StreamSession(client);
        session = opened;
        return () -> run(opened);
    }

    private void run(StreamSession current) {
        turn.take();
        gaps.wantedSince(clock.now());
        retry.begin();
        meter.connecting();
        hold(current, null);
    }

    /**
     * Ends what {@link #open} began. From any thread, more than once.
     *
     * @param reason of the gap that begins here, {@link GapReasons#SUSPENDED} or {@link GapReasons#RESTART}
     */
    public void stop(String reason) {
        StreamSession current = session;
        if (current != null) {
            current.stopReason = reason;
            current.pause.end();
            HeldConnection open = held;
            if (open != null) {
                open.connection.close();
            }
        }
    }

    /** How the stream is now. */
    public StreamStatus status() {
        return meter.status();
    }

    /** Until when nothing was missed; null: it is not known. */
    public Instant receivedUpTo() {
        HeldConnection open = held;
        return open == null ? gaps.lostAt() : open.readUpTo();
    }

    /** Ends the stream for good: what it brings cannot be delivered any more. */
    public void fail(Throwable cause) {
        meter.failed(GapReasons.RESTART, cause);
        stop(GapReasons.RESTART);
    }

    /**
     * Renews the connection if it is time.
     *
     * @return after how long to look again
     */
    public Duration check() {
        HeldConnection open = held;
        StreamSession current = session;
        if (open == null || !current.isOpen()) {
            return NEVER;
        }
        Renewal renewal = open.renewal;
        if (renewal != null && renewal.isUnderWay()) {
            renewal.decide();
            return WHILE_RENEWING;
        }
        Duration untilIdle = settings.idleTimeout().minus(open.connection.silence());
        Duration untilOld = open.longestLife == null ? NEVER : open.longestLife.minus(clock.since(open.openedNanos));
        Duration due = Durations.shorter(untilIdle, untilOld);
        due = Durations.longer(due, Duration.ofNanos(open.renewAt - clock.nanos()));
        if (!isPositive(due) && !room.isFull()) {
            renewLater(open, isPositive(untilIdle) ? GapReasons.MAX_AGE : GapReasons.IDLE, current);
            return WHILE_RENEWING;
        }
        return Durations.longer(due, WHILE_RENEWING);
    }

    /** This thread has the stream now: until it ends, or another one has it. */
    private void hold(StreamSession current, HeldConnection opened) {
        HeldConnection open = opened;
        try {
            boolean goesOn = true;
            while (goesOn && (open != null || current.isOpen())) {
                Ending ending = null;
                if (open == null) {
                    gaps.attempt();
                    try {
                        open = connect(current);
                    } catch (IOException | RuntimeException e) {
                        ending = current.isOpen() ? Ending.ofAttempt(e) : null;
                    }
                    if (open != null) {
                        opened(open);
                    }
                }
                if (open != null) {
                    ending = open.read(current, room, lines);
                    if (!isLeftToThisThread(open, ending, current)) {
                        return;
                    }
                    open = null;
                }
                goesOn = ending != null && retry.goesOnAfter(ending, current);
            }
        } catch (RuntimeException | Error e) {
            // Only a listener can throw these here. Silence would look like a quiet organization.
            meter.failed(GapReasons.RESTART, e);
            if (open != null) {
                open.connection.close();
            }
            listener.gaveUp(e);
        }
        leave();
    }

    private void leave() {
        meter.stopped();
        turn.pass();
    }

    private HeldConnection connect(StreamSession current) throws IOException {
        EventConnection connection;
        try {
            connection = current.client.watchEvents(query, settings.maxLineBytes());
        } catch (Error e) {
            throw HeldConnection.failure(e);
        }
        if (!current.isOpen()) {
            connection.close();
            throw new IOException("stopped");
        }
        return new HeldConnection(connection, clock, settings.drawAge());
    }

    private void opened(HeldConnection open) {
        held = open;
        StreamGap gap = gaps.connected(open.openedAt);
        meter.open(open.connection, gap);
        listener.connected(gap);
        inbox.opened(gap);
    }

    /** A connection's reading ended; false: the stream is another thread's business now. */
    private boolean isLeftToThisThread(HeldConnection open, Ending ending, StreamSession current) {
        Renewal renewal = open.renewal;
        boolean mine = renewal == null || renewal.ended(open, ending);
        open.connection.close();
        if (mine) {
            retry.lived(clock.since(open.openedNanos));
            gaps.lost(open.readUpTo(), ending == null ? current.stopReason : ending.reason());
            held = null;
            meter.closed();
        }
        return mine;
    }

    private void renewLater(HeldConnection old, String reason, StreamSession current) {
        Renewal renewal = new Renewal(
                old, lines::received, clock, (fresh, lived, ending) -> takenOver(old, fresh, lived, ending, reason));
        old.renewal = renewal;
        try {
            executor.execute(() -> renew(old, renewal, current));
        } catch (RuntimeException | Error e) {
            // There may be no memory for a thread now.
            renewal.failed();
            tryLater(old);
            throw e;
        }
    }

    private void renew(HeldConnection old, Renewal renewal, StreamSession current) {
        HeldConnection fresh;
        try {
            fresh = connect(current);
        } catch (IOException | RuntimeException e) {
            if (renewal.failed()) {
                // The old one has ended meanwhile, and left the stream to this thread.
                afterBoth(old, renewal.oldEnding(), Ending.ofAttempt(e), current);
            } else if (old.connection.awaitsAnswer() && !(e instanceof ApiException)) {
                // Neither has an answer: the server hangs, or cannot be reached.
                old.drop(e);
            } else {
                tryLater(old);
            }
            return;
        }
        fresh.renewal = renewal;
        if (!renewal.opened(fresh)) {
            // The route stalled meanwhile: the old one has ended too.
            fresh.connection.close();
            return;
        }
        hold(current, fresh);
        if (held == old) {
            tryLater(old);
        }
    }

    private void afterBoth(HeldConnection old, Ending ending, Ending attempt, StreamSession current) {
        gaps.lost(old.readUpTo(), ending.reason());
        held = null;
        meter.closed();
        gaps.attempt();
        if (current.isOpen() && retry.goesOnAfter(attempt, current)) {
            hold(current, null);
        } else {
            leave();
        }
    }

    private void tryLater(HeldConnection old) {
        old.renewAt = clock.nanos()
                + Durations.longer(settings.backoff().afterFailures(++old.failedRenewals), WHILE_RENEWING)
                        .toNanos();
    }

    private void takenOver(HeldConnection old, HeldConnection fresh, boolean lived, Ending ending, String reason) {
        StreamGap gap = null;
        if (!lived) {
            gaps.lost(old.readUpTo(), ending == null ? reason : ending.reason());
            gaps.attempt();
            gap = gaps.connected(fresh.openedAt);
        }
        retry.lived(clock.since(old.openedNanos));
        held = fresh;
        meter.renewed(fresh.connection, gap);
        listener.renewed(reason, gap);
        if (gap != null) {
            inbox.opened(gap);
        }
    }

    private static boolean isPositive(Duration duration) {
        return duration.compareTo(Duration.ZERO) > 0;
    }
}
