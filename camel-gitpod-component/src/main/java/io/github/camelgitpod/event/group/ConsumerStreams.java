package io.github.camelgitpod.event.group;

import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.event.recovery.GapRecovery;
import io.github.camelgitpod.event.stream.StreamClock;
import io.github.camelgitpod.event.stream.StreamListener;
import io.github.camelgitpod.event.stream.StreamSettings;
import io.github.camelgitpod.event.stream.StreamStatus;
import io.github.camelgitpod.event.stream.Turn;
import io.github.camelgitpod.model.GapReasons;
import io.github.camelgitpod.state.PositionStore;
import io.github.camelgitpod.state.StreamPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The streams of one consumer, and the one thread that delivers what they bring.
 *
 * <p>{@link #open} and {@link #stop} can be repeated in that order; what was received and not delivered stays, and so do
 * the figures and the gaps.
 */
public final class ConsumerStreams {
    private static final int MOST_EVENTS = 4096;
    private static final long MOST_BYTES = 8L << 20;

    private final StreamScopes scopes;
    private final StreamClock clock;
    private final StreamPositions positions;
    private final DeliveryQueue queue;
    private final DeliveryLoop loop;
    /** Null: there is no stream for each environment. */
    private final EnvironmentStreams environments;

    private final StreamMaker maker;
    private final StreamWatch watch;
    private final HeldStreams streams;
    private volatile StreamsRun run;
    /** The last run whose streams were started. */
    private StreamsRun begun;

    /**
     * @param maxStall   a route that takes no event for so long, while too many wait, loses the connection
     * @param sink       gets what the streams bring
     * @param listeners  makes the listener of a stream; it can hand actions to the thread that delivers, which does them
     *                   after what was received before
     * @param recoveries makes what recovers the gaps of a stream
     * @param store      keeps where the streams stand
     * @param turn       of all streams that were ever made for that sink: it gets one exchange at a time
     */
    public ConsumerStreams(
            StreamScopes scopes,
            StreamSettings settings,
            Duration maxStall,
            EventSink sink,
            BiFunction<EventQuery, Consumer<Runnable>, StreamListener> listeners,
            Function<EventQuery, GapRecovery> recoveries,
            PositionStore store,
            Turn turn,
            StreamClock clock) {
        this.scopes = scopes;
        this.clock = clock;
        this.positions = new StreamPositions(store, clock);
        this.streams = new HeldStreams(scopes.everyEnvironment(), clock);
        this.queue = new DeliveryQueue(MOST_EVENTS, MOST_BYTES, maxStall, clock);
        this.loop =
                new DeliveryLoop(queue, new TimeOfDaySink(sink, clock), settings.backoff(), clock, turn, this::failed);
        this.environments = scopes.everyEnvironment()
                ? new EnvironmentStreams(
                        new Environments(), positions, clock.steady(), scopes.maxStreams(), settings.backoff())
                : null;
        this.maker =
                new StreamMaker(settings, listeners, recoveries, queue, environments, clock, task -> run.execute(task));
        this.watch = new StreamWatch(streams::all, environments, this::save, clock);
    }

    /**
     * Begins; returns at once.
     *
     * @param client closed by {@link #stop}
     */
    public void open(GitpodClient client, Workers workers) {
        StreamsRun opened = new StreamsRun(client, workers);
        if (environments != null) {
            // Without this lock: it takes one of its own, under which it opens and closes streams.
            environments.open(opened);
        }
        synchronized (this) {
            run = opened;
            loop.open(opened);
            opened.execute(() -> begin(opened));
            watch.begin(opened);
        }
    }

    /**
     * Ends what {@link #open} began; an exchange under way goes on. From any thread, more than once.
     *
     * @param reason of the gaps that begin here, {@link GapReasons#SUSPENDED} or {@link GapReasons#RESTART}
     */
    public synchronized void stop(String reason) {
        loop.close();
        streams.all().forEach(held -> held.stream().stop(reason));
        if (run != null) {
            run.end();
        }
    }

    private void begin(StreamsRun current) {
        positions.load();
        List<Runnable> opened;
        synchronized (this) {
            if (current.isOver()) {
                return;
            }
            if (streams.all().isEmpty()) {
                Beginning now = new Beginning(clock.steady().instant(), null);
                scopes.queries().forEach(query -> add(query, now));
            }
            opened = streams.all().stream().map(held -> held.open(current)).toList();
        }
        // Before the first connection: a process that is killed from now on leaves where its gap begins. Without the
        // lock,
        // since a stop must not wait for a slow store.
        save();
        if (!startAll(opened, current)) {
            // They note that there was no connection.
            opened.forEach(Runnable::run);
            return;
        }
        loop.run();
    }

    /** @return false: it is over */
    private synchronized boolean startAll(List<Runnable> opened, StreamsRun current) {
        if (current.isOver()) {
            return false;
        }
        begun = current;
        opened.forEach(current::execute);
        return true;
    }

    private final class Environments implements EnvironmentStreams.Holder {
        @Override
        public boolean open(String id, Beginning beginning) {
            synchronized (ConsumerStreams.this) {
                // Not before the others of the run: those that there are by then are started together.
                if (begun == run && !run.isOver() && !streams.has(id)) {
                    HeldStream rested = streams.wake(id);
                    HeldStream held = rested == null ? add(new EventQuery(id, List.of()), beginning) : rested;
                    run.execute(held.open(run));
                }
                return streams.has(id);
            }
        }

        @Override
        public void close(String id) {
            synchronized (ConsumerStreams.this) {
                HeldStream held = streams.remove(id);
                if (held != null) {
                    held.stream().stop(GapReasons.RESTART);
                }
                positions.take(id);
            }
        }

        @Override
        public void makeRoom(String id, Instant since) {
            synchronized (ConsumerStreams.this) {
                HeldStream held = streams.rest(id);
                if (held != null) {
                    held.stream().stop(GapReasons.MAX_STREAMS);
                    if (held.stream().receivedUpTo() == null) {
                        // It had no connection that could be lost.
                        held.stream().missedSince(since, GapReasons.MAX_STREAMS);
                    }
                } else if (!streams.isResting(id)) {
                    positions.keep(id, since);
                }
            }
        }
    }

    /** @param beginning of a stream of which nothing is known yet */
    private HeldStream add(EventQuery query, Beginning beginning) {
        StreamPositions.Unopened before = positions.take(HeldStreams.scope(query.environmentId()));
        HeldStream held =
                maker.make(query, before == null ? new StreamPosition(beginning.since(), null) : before.position());
        (before == null ? beginning : before.beginning()).prepare(held.stream());
        streams.add(held);
        return held;
    }

    /** Saves where the streams stand. Not while {@link #open} is under way. */
    public void save() {
        if (!positions.isLoaded()) {
            return;
        }
        // Asked before: what gets its stream meanwhile has a position by then.
        Instant unopened = environments == null ? null : environments.unopenedSince();
        Map<String, StreamPosition> all = current();
        if (unopened != null) {
            // The streams of those environments begin there, also when the next process finds them.
            all.computeIfPresent(HeldStreams.scope(null), (scope, position) -> position.notAfter(unopened));
        }
        positions.save(all);
    }

    private synchronized Map<String, StreamPosition> current() {
        return positions.with(streams.positions());
    }

    private void failed(Throwable cause) {
        streams.all().forEach(held -> held.stream().fail(cause));
    }

    /** Renews the connections that there are, within a second. */
    public void renew() {
        streams.all().forEach(held -> held.stream().renew());
    }

    /** How the streams are now, as one. */
    public StreamStatus status() {
        return streams.status();
    }

    /** How each stream is now, by environment; the organization's by {@code organization}. */
    public Map<String, StreamStatus> statuses() {
        return streams.statuses();
    }

    /** The same of those streams by which the consumer is judged: without those of environments that come and go. */
    public Map<String, StreamStatus> decisiveStatuses() {
        return streams.decisiveStatuses();
    }

    /** How many streams have a connection. */
    public long openCount() {
        return streams.openCount();
    }

    /** How old the oldest connection is; null: there is none. */
    public Duration connectionAge() {
        return streams.connectionAge();
    }

    /** How many events were received and wait for the route. */
    public int waiting() {
        return queue.size();
    }

    /** How many gaps are closed: everything was delivered that could be recovered of them. */
    public long closedGaps() {
        return loop.closedGaps();
    }

    /** What keeps something that was missed from being recovered, such as a listing that was given up; null: nothing. */
    public String recoveryFailure() {
        return loop.recoveryFailure();
    }

    /** How many events were recovered. */
    public long recoveredEvents() {
        return loop.recoveredEvents();
    }
}
