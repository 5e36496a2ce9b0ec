package io.github.camelgitpod.event.group;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.event.recovery.GapRecovery;
import io.github.camelgitpod.event.stream.StreamListener;
import io.github.camelgitpod.event.stream.StreamSettings;
import io.github.camelgitpod.event.stream.Turn;
import io.github.camelgitpod.event.stream.VirtualTime;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.model.StreamLine;
import io.github.camelgitpod.state.KnownStateStore;
import io.github.camelgitpod.state.OvertakenException;
import io.github.camelgitpod.state.PositionStore;
import io.github.camelgitpod.state.Standby;
import io.github.camelgitpod.state.StatesBeside;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A process with a consumer of events, on a machine that may sleep: it stands by when another one goes on with its state, and
 * goes on itself when that one is no more; as {@code EventConsumer} does.
 */
final class StreamMachine implements StreamListener {
    static final String RESOURCES = "resources";
    /** Of a shorter one nobody knows; what is lost in it can be missed in silence. */
    static final Duration SHORTEST_SLEEP = Duration.ofSeconds(2);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final VirtualTime time;
    private final VirtualTime.Machine machine;
    private final StreamServer server;
    private final StreamSettings settings;
    private final boolean recovers;
    private final Supplier<SharedStates.View> views;
    private final Function<SharedStates.View, StreamRoute> routes;
    private final Standby standby;
    private ConsumerStreams streams;
    private PositionStore positions;
    private SharedStates.View view;
    private StreamRoute route;
    private Instant asleepSince = Instant.MIN;
    private boolean isOver;
    int overtaken;

    /**
     * @param recovers whether gaps are recovered
     * @param views    a view of the states for each time that it begins
     * @param routes   a route for each time
     */
    StreamMachine(
            VirtualTime time,
            StreamServer server,
            StreamSettings settings,
            boolean recovers,
            Supplier<SharedStates.View> views,
            Function<SharedStates.View, StreamRoute> routes) {
        this.time = time;
        this.machine = time.machine();
        this.server = server;
        this.settings = settings;
        this.recovers = recovers;
        this.views = views;
        this.routes = routes;
        this.standby = new Standby("the positions", time.clock().nanoTime());
    }

    void begin() {
        server.lastProcessSince = time.now();
        view = views.get();
        route = routes.apply(view);
        positions = new PositionStore(view, SharedStates.POSITIONS, this::overtaken);
        StatesBeside beside = new StatesBeside(view, positions::isOurs);
        EventQuery organization = new EventQuery(null, List.of());
        streams = new ConsumerStreams(
                new StreamScopes(List.of(organization), true, 100),
                settings,
                StreamHistory.MAX_STALL,
                route,
                (query, inOrder) -> this,
                query -> recovers ? recovery(query, beside) : GapRecovery.none(),
                positions,
                new Turn(time.clock()),
                time.clock());
        streams.open(server.client(route), new Workers(machine::execute, (wait, task) -> machine.schedule(task, wait)));
    }

    private GapRecovery recovery(EventQuery query, StatesBeside beside) {
        return GapRecovery.of(
                query,
                true,
                null,
                new KnownStateStore(beside, RESOURCES, "scope", time::now),
                time.clock().steady(),
                null);
    }

    private void overtaken(OvertakenException cause) {
        machine.schedule(() -> standBy(cause), Duration.ZERO);
    }

    private void standBy(OvertakenException cause) {
        if (!standby.isOn() && !isOver) {
            overtaken++;
            standby.begin(cause);
            end();
            look();
        }
    }

    private void look() {
        machine.schedule(
                () -> {
                    if (isOver) {
                        return;
                    }
                    if (standby.isOver(positions.look())) {
                        standby.end("the other one is gone");
                        begin();
                    } else {
                        look();
                    }
                },
                BETWEEN_LOOKS);
    }

    /** What it holds is another process's now. */
    private void end() {
        route.isOver = true;
        streams.stop("restart");
    }

    /** Nobody sees anything of it any more. */
    void kill() {
        route.isDead = true;
        view.dies();
        stop();
    }

    /** As a user does. */
    void stop() {
        isOver = true;
        machine.wake();
        end();
        route.free();
    }

    void save() {
        streams.save();
    }

    boolean delivers() {
        return !isOver && !standby.isOn();
    }

    boolean isAsleep() {
        return machine.isAsleep();
    }

    void sleep() {
        machine.sleep();
        asleepSince = time.now();
        route.fallsAsleep();
    }

    /** Not before it has slept for long enough to notice that. */
    void wake() {
        if (!time.now().isBefore(asleepSince.plus(SHORTEST_SLEEP))) {
            machine.wake();
            route.wakes();
        }
    }

    int waiting() {
        return streams.waiting();
    }

    StreamRoute route() {
        return route;
    }

    @Override
    public void connected(StreamGap gap) {
        // The route hears of it.
    }

    @Override
    public void renewed(String why, StreamGap gap) {
        // The route hears of it.
    }

    @Override
    public void skipped(StreamLine.Skipped line) {
        // The route hears of it.
    }

    @Override
    public void disconnected(String reason, Exception cause, Duration wait) {
        // The route hears of it.
    }

    @Override
    public void gaveUp(Throwable cause) {
        if (!(cause instanceof ApiException)) {
            route.faults.add("gave up: " + cause);
        }
    }
}
