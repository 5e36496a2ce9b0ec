package io.github.camelgitpod.event;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.EventConnection;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.GitpodEvent;
import io.github.camelgitpod.client.Pause;
import io.github.camelgitpod.client.StreamLine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Holds an event stream open: each line is told to the listener once and in order, and after every ending the stream is
 * opened again. What happened in between was missed, and the next event says so.
 *
 * <p>One thread reads and tells, in {@link #run()}, so nothing is read ahead of a slow listener: TCP makes the server wait,
 * and only the time blocked in reading counts as idle.
 *
 * <p>{@link #open()}, {@link #run()} and {@link #stop(String)} can be repeated in that order; figures and gaps live on.
 */
public final class EventStream implements Runnable {
    /** A connection that lived so long was a good one: after it the waits begin at the shortest again. */
    public static final Duration HEALTHY_AFTER = Duration.ofSeconds(60);

    private final StreamSettings settings;
    private final StreamListener listener;
    private final Supplier<GitpodClient> clients;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final BiPredicate<Pause, Duration> waiting;
    private final StreamMeter meter;
    private final GapKeeper gaps = new GapKeeper();
    private volatile Session session;
    private int endings;

    /** From one {@link #open()} to the next {@link #stop(String)}. */
    private static final class Session {
        final GitpodClient client;
        final Pause pause = new Pause();
        volatile String stopReason = "restart";

        Session(GitpodClient client) {
            this.client = client;
        }

        boolean isOpen() {
            return !pause.isEnded() && !Thread.currentThread().isInterrupted();
        }

        void end() {
            pause.end();
            client.close();
        }
    }

    /**
     * @param clients  gives a client for each {@link #open()}; closed by {@link #stop(String)}
     * @param clock    the time of day, for gaps
     * @param nanoTime a monotonic clock, such as {@link System#nanoTime()}
     * @param waiting  waits for so long; false: the pause was ended meanwhile. {@code Pause::await}, or a virtual one
     */
    public EventStream(
            StreamSettings settings,
            StreamListener listener,
            Supplier<GitpodClient> clients,
            InstantSource clock,
            LongSupplier nanoTime,
            BiPredicate<Pause, Duration> waiting) {
        this.settings = settings;
        this.listener = listener;
        this.clients = clients;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.waiting = waiting;
        this.meter = new StreamMeter(clock);
    }

    /** Gets ready for {@link #run()}; from now on {@link #stop(String)} ends it, even before it began. */
    public void open() {
        session = new Session(clients.get());
    }

    /**
     * Connects, reads and reconnects until {@link #stop(String)}, an interrupt of this thread, or an error that will not
     * pass. Two runs must follow each other.
     */
    @Override
    public void run() {
        Session current = session;
        try {
            endings = 0;
            meter.connecting();
            boolean goesOn = true;
            while (goesOn && current.isOpen()) {
                goesOn = endOf(connection(current), current);
            }
        } catch (RuntimeException | Error e) {
            // Only a listener can throw these here. Silence would look like a quiet organization.
            meter.failed("restart", e);
            listener.gaveUp(e);
        } finally {
            current.end();
            meter.stopped();
        }
    }

    /**
     * Ends {@link #run()}, which returns when the listener does. From any thread, more than once.
     *
     * @param reason of the gap that begins here, {@code suspended} or {@code restart}
     */
    public void stop(String reason) {
        Session current = session;
        if (current != null) {
            current.stopReason = reason;
            current.end();
        }
    }

    /** How the stream is now. */
    public StreamStatus status() {
        return meter.status();
    }

    /** Opens one connection and reads it to its end; null when that was asked for. */
    private Ending connection(Session current) {
        EventConnection connection;
        gaps.attempt();
        try {
            connection = current.client.watchEvents(settings.query(), settings.idleTimeout(), settings.maxLineBytes());
        } catch (IOException | RuntimeException e) {
            return current.isOpen() ? Ending.ofAttempt(e) : null;
        }
        long openedAt = nanoTime.getAsLong();
        String reason = null;
        try (connection) {
            StreamGap gap = gaps.connected(connection.lastByteAt());
            meter.open(connection, gap != null);
            listener.connected(gap);
            Ending ending = read(connection, current);
            boolean healthy = nanoTime.getAsLong() - openedAt >= HEALTHY_AFTER.toNanos();
            endings = healthy ? 0 : endings;
            reason = ending == null ? null : ending.reason();
            return ending;
        } finally {
            meter.closed();
            gaps.lost(connection.lastByteAt(), reason == null ? current.stopReason : reason);
        }
    }

    private Ending read(EventConnection connection, Session current) {
        while (true) {
            StreamLine line;
            try {
                line = connection.read();
            } catch (IOException | RuntimeException e) {
                return current.isOpen() ? Ending.ofConnection(e) : null;
            }
            if (!current.isOpen()) {
                return null;
            }
            if (line == null) {
                return Ending.clean();
            }
            if (line instanceof GitpodEvent event) {
                meter.event();
                listener.event(event, gaps.take());
            } else if (line instanceof StreamLine.Skipped skipped) {
                skip(skipped);
            }
        }
    }

    private void skip(StreamLine.Skipped line) {
        // A line that the end cut off is part of the gap that the end begins.
        boolean ownGap = !line.isCutOff();
        meter.skippedLine(ownGap);
        if (ownGap) {
            Instant now = clock.instant();
            gaps.skipped(now, line.bytes() > settings.maxLineBytes() ? "overflow" : "parse");
        }
        listener.skipped(line);
    }

    /** Waits until it is time to connect again; false: never. */
    private boolean endOf(Ending ending, Session current) {
        if (ending == null) {
            return false;
        }
        if (ending.isPermanent()) {
            meter.failed(ending.reason(), ending.cause());
            listener.gaveUp(ending.cause());
            return false;
        }
        Duration wait = settings.backoff().afterFailures(++endings);
        if (ending.cause() instanceof ApiException answer) {
            Duration asked = answer.retryAfter().orElse(Duration.ZERO);
            wait = asked.compareTo(wait) > 0 ? asked : wait;
        }
        meter.reconnecting(ending, clock.instant().plus(wait));
        listener.disconnected(ending.reason(), ending.cause(), wait);
        return waiting.test(current.pause, wait);
    }
}
