package io.github.camelgitpod.event.group;

import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.event.recovery.Reconciler;
import io.github.camelgitpod.event.stream.EventStream;
import io.github.camelgitpod.event.stream.StreamClock;
import io.github.camelgitpod.event.stream.StreamInbox;
import io.github.camelgitpod.event.stream.StreamListener;
import io.github.camelgitpod.event.stream.StreamMeter;
import io.github.camelgitpod.event.stream.StreamSettings;
import io.github.camelgitpod.event.stream.StreamStatus;
import io.github.camelgitpod.event.stream.StreamStatus.State;
import io.github.camelgitpod.state.PositionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams of one consumer, and the one thread that delivers what they bring.
 *
 * <p>{@link #open} and {@link #stop} can be repeated in that order; what was received and not delivered stays, and so do
 * figures and gaps.
 */
public final class ConsumerStreams {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerStreams.class);
    private static final String ORGANIZATION = "organization";
    private static final int MOST_EVENTS = 4096;
    private static final long MOST_BYTES = 8L << 20;
    private static final Duration LONGEST_TICK = Duration.ofSeconds(1);
    private static final Duration SHORTEST_TICK = Duration.ofMillis(20);
    private static final Duration BETWEEN_SAVES = Duration.ofSeconds(5);

    private final StreamScopes scopes;
    private final StreamSettings settings;
    private final Outside outside;
    private final PositionStore store;
    private final StreamClock clock;
    private final DeliveryQueue buffer;
    private final DeliveryLoop pump;
    private final EnvironmentStreams environments;
    private final Map<String, Held> streams = new LinkedHashMap<>();
    /** Of streams that there are not yet. */
    private Map<String, Instant> positions;

    private GitpodClient client;
    private volatile Workers workers;
    private long savedAt;

    /** Who is told, and who helps. */
    public interface Outside extends EventSink {
        /**
         * Who is told how a stream fares.
         *
         * @param inOrder has something done by the thread that delivers
         */
        StreamListener listener(EventQuery query, Consumer<Runnable> inOrder);

        /** Who recovers what a stream missed. */
        Reconciler reconciler(EventQuery query);
    }

    /**
     * The threads.
     *
     * @param streams one for each stream and a few more
     * @param watch   one that looks after them
     */
    public record Workers(Executor streams, ScheduledExecutorService watch) {}

    private record Held(EventStream stream, DeliveryLedger feed) {}

    /**
     * @param maxStall a route that takes no event for so long, while too many wait, loses the connection
     * @param store    keeps until when the streams were delivered
     */
    public ConsumerStreams(
            StreamScopes scopes,
            StreamSettings settings,
            Duration maxStall,
            Outside outside,
            PositionStore store,
            StreamClock clock) {
        this.scopes = scopes;
        this.settings = settings;
        this.outside = outside;
        this.store = store;
        this.clock = clock;
        this.buffer = new DeliveryQueue(MOST_EVENTS, MOST_BYTES, maxStall, clock);
        this.pump = new DeliveryLoop(buffer, outside, settings.backoff(), clock, this::failed);
        this.environments = scopes.everyEnvironment()
                ? new EnvironmentStreams(this, scopes.maxStreams(), settings.backoff())
                : null;
    }

    /**
     * Begins; returns at once.
     *
     * @param opened closed by {@link #stop}
     */
    public synchronized void open(GitpodClient opened, Workers threads) {
        client = opened;
        workers = threads;
        pump.open(opened);
        threads.streams().execute(() -> begin(opened));
        threads.watch().execute(() -> tick(opened));
    }

    /**
     * Ends what {@link #open} began; an exchange under way goes on. From any thread, more than once.
     *
     * @param reason of the gaps that begin here, {@code suspended} or {@code restart}
     */
    public synchronized void stop(String reason) {
        pump.close();
        streams.values().forEach(held -> held.stream.stop(reason));
        if (client != null) {
            client.close();
            client = null;
        }
    }

    private void begin(GitpodClient current) {
        if (positions == null) {
            positions = new HashMap<>(store.load());
        }
        synchronized (this) {
            if (client != current) {
                return;
            }
            List<Held> before = List.copyOf(streams.values());
            if (before.isEmpty()) {
                scopes.queries().forEach(query -> add(query, stream -> {}));
            }
            before.forEach(this::start);
        }
        pump.run();
    }

    /**
     * Adds the stream of an environment, if there is none, and opens it.
     *
     * @param first told before it is opened, unless it is known until when an earlier process had it
     */
    synchronized void openEnvironment(String id, Consumer<EventStream> first) {
        if (client != null && !streams.containsKey(id)) {
            add(new EventQuery(id, List.of()), first);
        }
    }

    /** Ends the stream of an environment; what it brought is delivered. */
    synchronized void closeEnvironment(String id) {
        Held held = streams.remove(id);
        if (held != null) {
            held.stream.stop("restart");
        }
    }

    /** What was kept of environments that are no more. */
    synchronized void forgetOthers() {
        positions.clear();
    }

    private void add(EventQuery query, Consumer<EventStream> first) {
        String id = query.environmentId();
        Instant position = positions.remove(scope(id));
        boolean organizationToo = scopes.everyEnvironment() && id != null;
        DeliveryLedger feed =
                new DeliveryLedger(buffer, id, organizationToo ? Reconciler.NONE : outside.reconciler(query), position);
        StreamInbox inbox = feed;
        if (organizationToo) {
            inbox = new WithoutEnvironments(feed);
        } else if (environments != null) {
            inbox = environments.watching(feed);
        }
        EventStream stream = new EventStream(
                query, settings, outside.listener(query, feed::then), inbox, buffer, clock, task -> workers.streams()
                        .execute(task));
        if (position != null) {
            stream.missedSince(position, "restart");
        } else {
            first.accept(stream);
        }
        Held held = new Held(stream, feed);
        streams.put(scope(id), held);
        start(held);
    }

    private void start(Held held) {
        workers.streams().execute(held.stream.open(client));
    }

    /** On the thread that looks after the streams. */
    private void tick(GitpodClient current) {
        List<Held> all;
        Workers threads;
        synchronized (this) {
            if (client != current) {
                return;
            }
            all = List.copyOf(streams.values());
            threads = workers;
        }
        Duration next = LONGEST_TICK;
        try {
            for (Held held : all) {
                Duration wanted = held.stream.check();
                next = wanted.compareTo(next) < 0 ? wanted : next;
            }
            dropGoneEnvironments(all);
            if (clock.since(savedAt).compareTo(BETWEEN_SAVES) >= 0) {
                save();
            }
        } catch (RuntimeException e) {
            LOG.warn("Looking after the event streams failed", e);
        }
        long wait = Math.max(SHORTEST_TICK.toNanos(), next.toNanos());
        try {
            threads.watch().schedule(() -> tick(current), wait, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The event streams are being stopped");
        }
    }

    /** The server says of an environment's stream that there is no such environment. */
    private void dropGoneEnvironments(List<Held> all) {
        if (environments != null) {
            all.stream()
                    .filter(held -> held.stream.environmentId() != null
                            && held.stream.status().state() == State.FAILED)
                    .forEach(held -> environments.gone(held.stream.environmentId()));
        }
    }

    /** Saves until when the streams were delivered. Not while {@link #open} is under way. */
    public void save() {
        savedAt = clock.nanos();
        Map<String, Instant> all;
        synchronized (this) {
            if (positions == null) {
                return;
            }
            all = new HashMap<>(positions);
            streams.forEach((scope, held) -> {
                Instant position = held.feed.position(held.stream.lastByteAt());
                if (position != null) {
                    all.put(scope, position);
                }
            });
        }
        synchronized (store) {
            store.save(all);
        }
    }

    private void failed(Throwable cause) {
        List<Held> all;
        synchronized (this) {
            all = List.copyOf(streams.values());
        }
        all.forEach(held -> held.stream.fail(cause));
    }

    /** Has something done by the threads of the streams, later; nothing when all is stopped by then. */
    void later(Duration wait, Consumer<GitpodClient> action) {
        GitpodClient current;
        Workers threads;
        synchronized (this) {
            current = client;
            threads = workers;
        }
        if (current == null) {
            return;
        }
        Runnable task = () -> {
            synchronized (this) {
                if (client != current) {
                    return;
                }
            }
            threads.streams().execute(() -> action.accept(current));
        };
        try {
            threads.watch().schedule(task, wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The event streams are being stopped");
        }
    }

    /** How the streams are now, as one. */
    public synchronized StreamStatus status() {
        return streams.isEmpty()
                ? new StreamMeter(clock.timeOfDay()).status()
                : StreamStatus.of(statuses().values());
    }

    /** The same of those streams that there are all the time; the organization's alone while none was begun. */
    public synchronized Map<String, StreamStatus> decisiveStatuses() {
        Map<String, StreamStatus> all = statuses();
        if (all.isEmpty() || environments != null) {
            return Map.of(ORGANIZATION, all.getOrDefault(ORGANIZATION, status()));
        }
        return all;
    }

    /** How each stream is now, by environment; the organization's by {@code organization}. */
    public synchronized Map<String, StreamStatus> statuses() {
        Map<String, StreamStatus> all = new LinkedHashMap<>();
        streams.forEach((scope, held) -> all.put(scope, held.stream.status()));
        return all;
    }

    /** How many events were received and wait for the route. */
    public int waiting() {
        return buffer.size();
    }

    /** How many gaps have been closed: all was delivered that could be recovered of them. */
    public long closedGaps() {
        return pump.closedGaps();
    }

    /** How many events were recovered. */
    public long recoveredEvents() {
        return pump.recoveredEvents();
    }

    private static String scope(String environmentId) {
        return environmentId == null ? ORGANIZATION : environmentId;
    }
}
