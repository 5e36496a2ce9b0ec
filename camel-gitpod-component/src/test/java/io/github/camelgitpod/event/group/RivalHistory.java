package io.github.camelgitpod.event.group;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.Backoff;
import io.github.camelgitpod.event.group.StreamServer.Sent;
import io.github.camelgitpod.event.stream.StreamSettings;
import io.github.camelgitpod.event.stream.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One history of machines that share the state of one consumer: any of them sleeps, while the server cuts its connections or
 * keeps them, another one goes on, is overtaken, is killed. Then all is well for a while, and then it is judged.
 */
final class RivalHistory {
    private static final int MOST_MACHINES = 3;

    private final long seed;
    private final Random random;
    private final VirtualTime time;
    private final StreamServer server;
    private final ServerChances chances;
    private final SharedStates states;
    private final StreamSettings settings;
    private final boolean recovers;
    private final List<StreamMachine> machines = new ArrayList<>();
    private final List<StreamRoute> routes = new ArrayList<>();
    private final List<StreamMachine> ended = new ArrayList<>();
    private final StreamJudge judge;

    private Instant listedSince;
    private boolean savesMeanwhile = true;
    private int sleeps;
    private int kills;

    RivalHistory(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        this.time = new VirtualTime(random::nextInt);
        this.server = new StreamServer(time, random);
        this.server.countsChanges = true;
        this.chances = new ServerChances(server, random);
        this.states = new SharedStates(random.nextBoolean());
        this.recovers = random.nextInt(4) > 0;
        this.judge = new StreamJudge(server, routes, false);
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), random::nextDouble);
        this.settings = new StreamSettings(
                Duration.ofSeconds(20),
                random.nextBoolean() ? Duration.ofSeconds(30) : null,
                StreamServer.MAX_LINE_BYTES,
                backoff,
                random::nextDouble);
    }

    /** Which one was not as it should be; called by name where these classes are loaded with a fault in them. Null: none. */
    static String firstFault(int histories) {
        for (long seed = 0; seed < histories; seed++) {
            List<String> faults = new RivalHistory(seed).run();
            if (!faults.isEmpty()) {
                return "history " + seed + ": " + faults;
            }
        }
        return null;
    }

    /** What was wrong. */
    List<String> run() {
        for (int i = random.nextInt(3); i > 0; i--) {
            server.create();
        }
        another();
        for (int steps = 20 + random.nextInt(40); steps > 0; steps--) {
            happens(random.nextInt(100));
            time.pass(chances.untilNext());
            if (listedSince == null && states.has(StreamMachine.RESOURCES)) {
                listedSince = time.now();
            }
        }
        beWell();
        List<String> faults = new ArrayList<>(states.faults);
        faults.addAll(judge.faults());
        if (recovers && listedSince != null) {
            toldOfAll(faults);
        }
        end(faults);
        return faults;
    }

    /** How much of what happened. */
    int[] figures() {
        int overtaken = 0;
        for (StreamMachine machine : ended) {
            overtaken += machine.overtaken;
        }
        return new int[] {judge.delivered, judge.inGaps, sleeps, overtaken, kills};
    }

    private void happens(int what) {
        if (what < 60) {
            // Fewer connections end by themselves.
            chances.happens(what < 45 ? what : 60 + random.nextInt(25));
        } else if (what < 65) {
            blocks(chances.any(machines).route());
        } else if (what < 83) {
            fallsAsleep(chances.any(machines));
        } else if (what < 93) {
            chances.any(machines).wake();
        } else if (what < 96) {
            if (machines.size() < MOST_MACHINES) {
                another();
            }
        } else {
            StreamMachine killed = chances.any(machines);
            kills++;
            machines.remove(killed);
            ended.add(killed);
            killed.kill();
            if (machines.isEmpty()) {
                another();
            }
        }
    }

    private void another() {
        StreamMachine machine = new StreamMachine(time, server, settings, recovers, this::view, this::route);
        machines.add(machine);
        machine.begin();
    }

    private SharedStates.View view() {
        return states.new View(this::anotherSaves);
    }

    private StreamRoute route(SharedStates.View view) {
        StreamRoute route = new StreamRoute(time, random, seed % 4 < 2);
        route.inherits();
        routes.add(route);
        route.isStale = () -> !view.isOwner();
        return route;
    }

    private void anotherSaves() {
        if (savesMeanwhile && random.nextInt(10) == 0) {
            savesMeanwhile = false;
            machines.stream()
                    .filter(machine -> machine.delivers() && !machine.isAsleep())
                    .forEach(StreamMachine::save);
            savesMeanwhile = true;
        }
    }

    private void blocks(StreamRoute route) {
        route.block();
        time.schedule(route::free, Duration.ofMillis(random.nextInt(2 * (int) StreamHistory.MAX_STALL.toMillis())));
    }

    /** What its connections bring waits for it, all or only the first of it, or is lost at once. */
    private void fallsAsleep(StreamMachine machine) {
        sleeps++;
        machine.sleep();
        time.schedule(
                () -> server.open().stream()
                        .filter(connection -> connection.owner == machine.route())
                        .forEach(this::suffers),
                Duration.ofMillis(random.nextInt(3_000)));
        time.schedule(machine::wake, StreamMachine.SHORTEST_SLEEP.plusMillis(random.nextInt(90_000)));
    }

    private void suffers(ServerConnection connection) {
        switch (random.nextInt(6)) {
            case 0 -> connection.ends(null);
            case 1 -> connection.ends(new ApiException(0, "unavailable", "too slow", null));
            case 2 -> connection.ends(new IOException("Connection reset"));
            case 3, 4 -> connection.goesDeaf();
            default -> {
                // It stays as it is.
            }
        }
    }

    private void beWell() {
        server.isWell();
        time.pass(StreamMachine.SHORTEST_SLEEP);
        machines.forEach(StreamMachine::wake);
        machines.forEach(machine -> machine.route().free());
        // Those that were overtaken notice it with their next save; meanwhile others may go on at once.
        for (int i = 0;
                i < 2
                        || i < 6
                                && machines.stream()
                                                .filter(StreamMachine::delivers)
                                                .count()
                                        > 1;
                i++) {
            time.pass(Duration.ofSeconds(6));
        }
        List<StreamMachine> others =
                machines.stream().filter(machine -> !machine.delivers()).toList();
        machines.removeAll(others);
        ended.addAll(others);
        others.forEach(StreamMachine::stop);
        if (machines.isEmpty()) {
            another();
        }
        time.pass(Duration.ofSeconds(40));
        server.talk();
        time.pass(Duration.ofSeconds(15));
    }

    private void end(List<String> faults) {
        if (machines.size() != 1) {
            faults.add(machines.size() + " deliver");
        }
        for (StreamMachine machine : machines) {
            if (machine.waiting() > 0) {
                faults.add("events wait");
            }
            machine.stop();
        }
        ended.addAll(machines);
        time.pass(Duration.ofMillis(300));
        if (time.threads() > 0) {
            faults.add("a stop does not end" + time.whereThreadsAre());
        }
    }

    /** Whoever goes by what it is told knows which environments there are, and has heard of the last change of each. */
    private void toldOfAll(List<String> faults) {
        Map<String, Sent> last = new HashMap<>();
        server.sent.stream()
                .filter(line -> line.scope().equals(StreamServer.ORGANIZATION))
                .filter(line -> line.resourceId() != null && line.resourceId().startsWith("01900000-"))
                .filter(line -> line.at().isAfter(listedSince))
                .forEach(line -> last.put(line.resourceId(), line));
        last.forEach((id, change) -> {
            boolean gone = change.operation().endsWith("DELETE");
            List<StreamRoute.Told> told = routes.stream()
                    .flatMap(route -> route.told.stream())
                    .filter(event -> event.id().equals(id))
                    .toList();
            boolean wasKnown =
                    told.stream().anyMatch(event -> !event.operation().endsWith("DELETE"));
            boolean isTold = told.stream()
                    .anyMatch(event -> event.operation().endsWith("DELETE") == gone
                            && !event.at().isBefore(change.at()));
            // It was told late, by one that did not know yet that another one goes on.
            boolean isStale = told.stream().anyMatch(StreamRoute.Told::stale);
            if (!isTold && (wasKnown || !gone) && !isStale) {
                faults.add("not told of: " + change + ", told " + told);
            }
        });
    }
}
