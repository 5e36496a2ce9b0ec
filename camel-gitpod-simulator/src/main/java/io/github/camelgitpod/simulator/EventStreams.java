package io.github.camelgitpod.simulator;

import io.github.camelgitpod.simulator.http.Call;
import io.github.camelgitpod.simulator.http.Method;
import io.github.camelgitpod.simulator.protocol.ConnectException;
import io.github.camelgitpod.simulator.stream.Event;
import io.github.camelgitpod.simulator.stream.StreamConnection;
import io.github.camelgitpod.simulator.stream.WatchRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The event streams that are open, and what is sent on them. Nothing is kept for those who connect later. Safe for use
 * by several threads; all streams see events in the same order.
 */
public final class EventStreams {

    private final InstantSource clock;
    private final List<StreamConnection> streams = new CopyOnWriteArrayList<>();
    private final AtomicLong opened = new AtomicLong();
    private final List<Delivered> log = new ArrayList<>();
    private final Object order = new Object();
    private volatile boolean silent;
    private volatile boolean lateHeaders;
    private volatile boolean logging = true;

    EventStreams(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Sends an event of a resource without a known creator to the streams that it belongs on. A member's stream of the
     * organization has no such environments.
     *
     * @param operation such as {@code RESOURCE_OPERATION_CREATE}, any text
     * @param resourceType such as {@code RESOURCE_TYPE_ENVIRONMENT}, any text
     * @param resourceId the resource
     */
    public void publish(String operation, String resourceType, String resourceId) {
        publish(operation, resourceType, resourceId, null, null);
    }

    /**
     * Sends an event to the streams that it belongs on.
     *
     * @param operation such as {@code RESOURCE_OPERATION_CREATE}, any text
     * @param resourceType such as {@code RESOURCE_TYPE_TASK}, any text
     * @param resourceId the resource
     * @param creatorId who created the resource; null: unknown
     * @param environmentId the environment that a task, task execution or service belongs to; null for others
     */
    public void publish(
            String operation, String resourceType, String resourceId, String creatorId, String environmentId) {
        publish(new Event(operation, resourceType, resourceId, creatorId, environmentId));
    }

    void publish(Event event) {
        if (silent || streams.isEmpty()) {
            return;
        }
        byte[] line = event.json();
        synchronized (order) {
            for (StreamConnection stream : streams) {
                if (stream.admits(event)) {
                    stream.line(line);
                }
            }
        }
    }

    /**
     * Sends bytes as they are to every open stream, by a write of their own: garbage, half a line, an error object.
     * They do not appear in the {@link #log()}.
     *
     * @param bytes anything
     */
    public void publishRaw(byte[] bytes) {
        if (!silent) {
            synchronized (order) {
                streams.forEach(stream -> stream.raw(bytes));
            }
        }
    }

    /**
     * How many streams are open now.
     *
     * @return 0 or more; a client that left counts until its end of the connection was seen
     */
    public int open() {
        return streams.size();
    }

    /**
     * How many streams were ever opened.
     *
     * @return 0 or more
     */
    public long opened() {
        return opened.get();
    }

    /**
     * Each event line that was written in full to a stream.
     *
     * @return a copy, in the order of writing
     */
    public List<Delivered> log() {
        synchronized (log) {
            return List.copyOf(log);
        }
    }

    /**
     * Switches the {@link #log()} on or off; it is on at first and needs memory for each event.
     *
     * @param on false for high throughput
     */
    public void logging(boolean on) {
        logging = on;
    }

    /** Forgets the {@link #log()} so far. */
    public void clearLog() {
        synchronized (log) {
            log.clear();
        }
    }

    /** Ends every open stream in order, after what was published before. */
    public void endAll() {
        synchronized (order) {
            streams.forEach(StreamConnection::end);
        }
    }

    /** Closes the sockets of every open stream in the middle of the body (FIN), after what was published before. */
    public void cutAll() {
        synchronized (order) {
            streams.forEach(StreamConnection::cut);
        }
    }

    /** Resets the connection of every open stream (RST), at once. */
    public void resetAll() {
        streams.forEach(StreamConnection::resetNow);
    }

    /**
     * Plays dead: sockets stay open, streams can be opened, but nothing is sent, and what is published meanwhile is
     * lost.
     *
     * @param silent false ends it
     */
    public void silence(boolean silent) {
        this.silent = silent;
    }

    /**
     * Whether the answer's headers come only with the first bytes of the stream, as a server sends them that does not flush
     * them by hand. In a quiet organization a client then waits for them until something happens.
     *
     * @param late true for streams that are opened from now on; false, the default, sends headers at once
     */
    public void lateHeaders(boolean late) {
        lateHeaders = late;
    }

    Method.Opener watch(Call call, List<Environment> environments) {
        WatchRequest scope = WatchRequest.parse(call.body());
        String environment = scope.environmentId();
        // Whether there is one that they must not see is not told either.
        if (environment != null
                && !call.caller().seesAll()
                && environments.stream()
                        .noneMatch(one -> one.id().equalsIgnoreCase(environment)
                                && one.creatorId().equals(call.caller().id()))) {
            throw new ConnectException(403, "permission_denied", "no access to this environment");
        }
        return (request, response, callback) -> {
            StreamConnection stream = new StreamConnection(
                    opened.incrementAndGet(),
                    scope,
                    call.caller(),
                    call.effects().lineStyle(),
                    request,
                    response,
                    callback,
                    new StreamConnection.Listener() {
                        @Override
                        public void written(StreamConnection writer, List<byte[]> lines) {
                            note(writer.number(), lines);
                        }

                        @Override
                        public void closed(StreamConnection ended) {
                            streams.remove(ended);
                        }
                    });
            // First in the list, then on the wire: who has seen the headers misses nothing.
            streams.add(stream);
            stream.open(lateHeaders);
        };
    }

    private void note(long connection, List<byte[]> lines) {
        if (logging) {
            Instant now = clock.instant();
            synchronized (log) {
                for (byte[] line : lines) {
                    log.add(new Delivered(connection, new String(line, StandardCharsets.UTF_8), now));
                }
            }
        }
    }
}
