package io.github.camelgitpod.event.group;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.Backoff;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.event.recovery.GapRecovery;
import io.github.camelgitpod.event.stream.StreamListener;
import io.github.camelgitpod.event.stream.StreamSettings;
import io.github.camelgitpod.event.stream.Turn;
import io.github.camelgitpod.event.stream.VirtualTime;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.model.StreamLine;
import io.github.camelgitpod.state.KnownStateStore;
import io.github.camelgitpod.state.PositionStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.camel.support.processor.state.MemoryStateRepository;

/** One history of a consumer's streams: what its seed says happens, then all is well for a while, and then it is judged. */
final class StreamHistory {
    private static final String KEY = "state";
    static final Duration MAX_STALL = Duration.ofSeconds(10);
    /** Nine such events fill the queue. */
    private static final int LONG = 1_000_000;

    private final Random random;
    /** Of its own, so that histories without it stay what they were. */
    private final Random hardships;

    private final VirtualTime time;
    private final StreamServer server;
    private final ServerChances chances;
    private final StreamRoute route;
    private final StreamJudge judge;
    private final StreamSettings settings;
    private final MemoryStateRepository repository = new MemoryStateRepository();
    private final boolean recovers;
    private final boolean hard;
    private final int maxStreams;
    private ConsumerStreams streams;
    private int renewals;
    private int stalls;
    private int suspensions;
    private int restarts;
    private int crashes;

    /** @param hard whether listings hang, streams are forbidden, and there may be too few of them */
    StreamHistory(long seed, boolean hard) {
        this.random = new Random(seed);
        this.hardships = new Random(seed);
        this.hard = hard;
        this.maxStreams = hard && hardships.nextBoolean() ? 1 + hardships.nextInt(3) : 100;
        this.time = new VirtualTime(random::nextInt);
        this.server = new StreamServer(time, random);
        this.chances = new ServerChances(server, random);
        this.route = new StreamRoute(time, random, seed % 2 == 0);
        this.judge = new StreamJudge(server, List.of(route), maxStreams < 100);
        this.recovers = random.nextBoolean();
        Duration maxAge = random.nextBoolean() ? Duration.ofSeconds(30) : null;
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), random::nextDouble);
        this.settings = new StreamSettings(
                Duration.ofSeconds(20), maxAge, StreamServer.MAX_LINE_BYTES, backoff, random::nextDouble);
    }

    /** What was wrong. */
    List<String> run() {
        for (int i = random.nextInt(3); i > 0; i--) {
            server.create();
        }
        newProcess(false);
        for (int steps = 20 + random.nextInt(40); steps > 0; steps--) {
            happens(random.nextInt(100));
            if (hard) {
                hardens(hardships.nextInt(20));
            }
            time.pass(chances.untilNext());
        }
        beWell();
        List<String> faults = new ArrayList<>(judge.faults());
        if (streams.waiting() > 0) {
            faults.add("events wait");
        }
        stop("restart");
        return faults;
    }

    /** How much of what happened. */
    int[] figures() {
        return new int[] {
            judge.delivered,
            judge.inGaps,
            judge.repeated,
            route.synthetic,
            renewals,
            stalls,
            suspensions,
            restarts,
            crashes,
            server.failedListings
        };
    }

    private void happens(int what) {
        if (what < 85) {
            chances.happens(what);
        } else if (what < 93) {
            routeIsBlocked();
        } else {
            stopAndStart();
        }
    }

    private void hardens(int what) {
        if (what < 2) {
            server.listingsHang = Duration.ofSeconds(server.listingsHang.isZero() ? hardships.nextInt(30) : 0);
        } else if (what < 4 && !server.environments.isEmpty()) {
            String id = List.copyOf(server.environments).get(hardships.nextInt(server.environments.size()));
            if (!server.forbidden.remove(id)) {
                server.forbidden.add(id);
            }
        } else if (what < 6 && maxStreams < 100) {
            server.create();
        } else if (what == 6) {
            // The process has loaded where it stands, and saves that by the time of day as it is set now.
            time.pass(Duration.ofMillis(1));
            time.setBack(Duration.ofSeconds(1 + hardships.nextInt(7_200)));
            streams.save();
        }
    }

    private void routeIsBlocked() {
        route.block();
        if (random.nextBoolean()) {
            for (int i = random.nextInt(20); i >= 0; i--) {
                server.event(chances.any(server.scopes()), LONG);
                time.pass(Duration.ofMillis(random.nextInt(20)));
            }
        }
        time.schedule(route::free, Duration.ofMillis(random.nextInt(2 * (int) MAX_STALL.toMillis())));
    }

    private void stopAndStart() {
        switch (random.nextInt(3)) {
            case 0 -> {
                // The exchange under way may end after the streams are open again.
                suspensions++;
                streams.stop("suspended");
                time.pass(Duration.ofMillis(random.nextInt(3_000)));
                streams.open(
                        server.client(route), new Workers(time::execute, (wait, task) -> time.schedule(task, wait)));
            }
            case 1 -> {
                restarts++;
                stop("restart");
                streams.save();
                newProcess(false);
            }
            default -> {
                crashes++;
                stop("restart");
                newProcess(true);
            }
        }
    }

    private void stop(String reason) {
        streams.stop(reason);
        route.free();
        // Who waits for room looks for a stop five times a second.
        time.pass(Duration.ofMillis(300));
        if (time.threads() > 0) {
            route.faults.add("a stop does not end" + time.whereThreadsAre());
        }
    }

    private void newProcess(boolean crashed) {
        time.pass(Duration.ofMillis(random.nextInt(3_000)));
        String stored = repository.getState(KEY);
        server.lastProcessSince = time.now();
        route.newProcess(scope -> stored != null && stored.contains(scope), crashed);
        EventQuery organization = new EventQuery(null, List.of());
        streams = new ConsumerStreams(
                new StreamScopes(List.of(organization), true, maxStreams),
                settings,
                MAX_STALL,
                route,
                (query, inOrder) -> new Listener(),
                query -> recovers
                        ? GapRecovery.of(
                                query,
                                true,
                                null,
                                new KnownStateStore(repository, "known", KEY, time::now),
                                time.clock().steady(),
                                null)
                        : GapRecovery.none(),
                new PositionStore(repository, KEY),
                new Turn(time.clock()),
                time.clock());
        streams.open(server.client(route), new Workers(time::execute, (wait, task) -> time.schedule(task, wait)));
    }

    /** Until everything that was sent after this began has been delivered. */
    private void beWell() {
        server.isWell();
        // The others get their streams, and with them their gaps.
        List<String> all = List.copyOf(server.environments);
        all.subList(Math.min(maxStreams, all.size()), all.size()).forEach(server::delete);
        route.free();
        time.pass(Duration.ofSeconds(40));
        server.talk();
        time.pass(Duration.ofSeconds(15));
    }

    private final class Listener implements StreamListener {
        @Override
        public void connected(StreamGap gap) {}

        @Override
        public void renewed(String why, StreamGap gap) {
            renewals++;
        }

        @Override
        public void skipped(StreamLine.Skipped line) {}

        @Override
        public void disconnected(String reason, Exception cause, Duration wait) {
            stalls += reason.equals("stall") ? 1 : 0;
        }

        @Override
        public void gaveUp(Throwable cause) {
            if (!(cause instanceof ApiException)) {
                route.faults.add("gave up: " + cause);
            }
        }
    }
}
