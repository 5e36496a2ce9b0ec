package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.client.EventConnection;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.model.GapReasons;
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
    private final EventQuery query;
    private final StreamSettings settings;
    private final StreamListener listener;
    private final Capacity capacity;
    private final IncomingLines lines;
    private final StreamClock clock;
    private final StreamMeter meter;
    private final OpenGap gaps = new OpenGap();
    private final Reconnect retry;
    private final CurrentConnection current;
    private final Renewals renewals;
    /** Held by the thread that holds the stream: a new run waits until the stopped one before it is over. */
    private final Turn turn;

    private volatile StreamSession session;

    /** @param executor for the connections that replace others */
    public EventStream(
            EventQuery query,
            StreamSettings settings,
            StreamListener listener,
            StreamInbox inbox,
            Capacity capacity,
            StreamClock clock,
            Executor executor) {
        this.query = query;
        this.settings = settings;
        this.listener = listener;
        this.clock = clock;
        this.meter = new StreamMeter(clock);
        this.capacity = capacity;
        this.lines = new IncomingLines(inbox, meter, listener, settings.maxLineBytes());
        this.turn = new Turn(clock);
        this.retry = new Reconnect(query, settings.backoff(), listener, capacity, meter, gaps, clock);
        this.current = new CurrentConnection(gaps, retry, meter, listener, inbox, clock);
        this.renewals = new Renewals(settings, current, lines, capacity, clock, executor, new Holding());
    }

    /** The environment of its scope; null: the organization. */
    public String environmentId() {
        return query.environmentId();
    }

    /** Its first connection comes after a gap. To be called before that. */
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

    private void run(StreamSession opened) {
        turn.take();
        gaps.wantedSince(clock.now());
        retry.begin();
        meter.connecting();
        hold(opened, null);
    }

    /**
     * Ends what {@link #open} began. From any thread, more than once.
     *
     * @param reason of the gap that begins here, {@link GapReasons#SUSPENDED}, {@link GapReasons#RESTART} or
     *               {@link GapReasons#MAX_STREAMS}
     */
    public void stop(String reason) {
        StreamSession running = session;
        if (running != null) {
            running.end(reason);
            HeldConnection held = current.get();
            if (held != null) {
                held.close();
            }
        }
    }

    /** Makes the next {@link #check} renew the connection. From any thread. */
    public void renew() {
        renewals.want();
    }

    /** How the stream is now. */
    public StreamStatus status() {
        return meter.status();
    }

    /** Until when nothing was missed; null: it is not known. */
    public Instant receivedUpTo() {
        return current.receivedUpTo();
    }

    /** Since when what comes now may have waited, as the process slept or the route was in the way; null: it comes now. */
    public Instant behindSince() {
        return current.behindSince();
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
        return renewals.check(session);
    }

    /**
     * This thread has the stream now: until it ends, or another one has it.
     *
     * @param opened null: there is no connection yet
     */
    private void hold(StreamSession running, HeldConnection opened) {
        HeldConnection held = opened;
        try {
            boolean goesOn = true;
            while (goesOn && (held != null || running.isOpen())) {
                Ending ending = null;
                if (held == null) {
                    gaps.attempt();
                    try {
                        held = connect(running);
                    } catch (IOException | RuntimeException e) {
                        ending = running.isOpen() ? Ending.ofAttempt(e) : null;
                    }
                    if (held != null) {
                        current.opened(held);
                    }
                }
                if (held != null) {
                    ending = held.read(running, capacity, lines);
                    if (!held.ended(ending)) {
                        return;
                    }
                    retry.lived(held.age());
                    current.lost(held, ending, ending == null ? running.stopReason() : ending.reason());
                    held = null;
                }
                goesOn = ending != null && retry.goesOnAfter(ending, running);
            }
        } catch (RuntimeException | Error e) {
            // Only a listener can throw these here. Silence would look like a quiet organization.
            meter.failed(GapReasons.RESTART, e);
            if (held != null) {
                held.close();
            }
            listener.gaveUp(e);
        }
        if (!running.isOpen()) {
            // If there has been no connection yet, there will be none for now.
            gaps.attemptFailed(running.stopReason());
        }
        leave();
    }

    private void leave() {
        meter.stopped();
        turn.pass();
    }

    private HeldConnection connect(StreamSession running) throws IOException {
        EventConnection connection;
        try {
            connection = running.client.watchEvents(query, settings.maxLineBytes());
        } catch (Error e) {
            throw HeldConnection.failure(e);
        }
        if (!running.isOpen()) {
            connection.close();
            throw new IOException("stopped");
        }
        return new HeldConnection(connection, clock, settings.drawAge());
    }

    private final class Holding implements Renewals.Holder {
        @Override
        public HeldConnection connect(StreamSession running) throws IOException {
            return EventStream.this.connect(running);
        }

        @Override
        public void hold(StreamSession running, HeldConnection opened) {
            EventStream.this.hold(running, opened);
        }

        @Override
        public void holdAfter(StreamSession running, Ending attempt) {
            gaps.attempt();
            if (running.isOpen() && retry.goesOnAfter(attempt, running)) {
                EventStream.this.hold(running, null);
            } else {
                leave();
            }
        }
    }
}
