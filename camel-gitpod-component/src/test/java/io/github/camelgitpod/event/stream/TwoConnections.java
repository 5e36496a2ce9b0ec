package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.client.Backoff;
import io.github.camelgitpod.client.EventConnection;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.Pause;
import io.github.camelgitpod.client.http.PartialServer;
import io.github.camelgitpod.event.stream.StreamStatus.State;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.JsonText;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.model.StreamLine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One stream that is about to renew its connection, and the server of both. The test says step by step what happens next;
 * what the stream does about it is kept here and compared with what may be.
 *
 * <p>A line that the server sends is on its way on each connection that lives, at a pace of its own, but comes sooner than
 * the stream takes as settled. What was sent before a connection is opened has come on the old one by then.
 */
final class TwoConnections implements PartialServer, StreamInbox, StreamListener, Capacity {
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration SIGNS = Duration.ofSeconds(60);
    /** So long a line is on its way at most; so much earlier than a gap can it have been sent that is part of it. */
    private static final Duration LATEST = Duration.ofMillis(120);

    private static final int MOST_LINES = 5;

    /** What can happen. The old connection is the one that was opened first, of those that are open. */
    enum Step {
        BYTE_ON_OLD,
        BYTE_ON_NEW,
        /** The server has something to send, and nobody to send it to, or does not know yet that there is nobody. */
        EVENT_FOR_NOBODY,
        OLD_DIES_SILENTLY,
        OLD_BREAKS,
        OLD_ENDS,
        NEW_BREAKS,
        NEW_ENDS,
        CONNECTS,
        FAILS_TO_CONNECT,
        ROUTE_BLOCKED,
        ROUTE_FREE,
        ROUTE_STALLS,
        STOP_AND_START,
        MOMENT,
        LONG_SILENCE
    }

    private record Sent(GitpodEvent event, Instant at) {}

    private final VirtualTime time = new VirtualTime(count -> 0);
    private final boolean lifeSigns;
    private final EventStream stream;
    private final List<Line> connections = new ArrayList<>();
    private final List<Sent> all = new ArrayList<>();
    private final List<Integer> delivered = new ArrayList<>();
    private final List<StreamGap> gaps = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final StringBuilder told = new StringBuilder();
    private Line current;
    private int renewals;
    private int connecting;
    private int permits;
    private IOException refusal;
    private Instant failedAt;
    private boolean answersAll;
    private boolean stopped;
    private boolean blocked;
    private boolean wasBlocked;
    private int stalls;
    private Instant stalledAt;
    private int waitingForRoom;
    private int losses;

    TwoConnections(boolean lifeSigns) {
        this.lifeSigns = lifeSigns;
        Backoff backoff = new Backoff(FIRST_WAIT, Duration.ofSeconds(60), () -> 1);
        StreamSettings settings = new StreamSettings(IDLE, null, 1000, backoff, () -> 1);
        this.stream = new EventStream(
                new EventQuery(null, List.of()), settings, this, this, this, time.clock(), time::execute);
        start();
        permits = 1;
        time.settle();
        send();
        carry();
        time.schedule(this::look, Duration.ZERO);
        time.pass(IDLE.plusMillis(1));
        if (connecting != 1) {
            faults.add("the quiet connection is not renewed");
        }
    }

    private void start() {
        time.execute(stream.open(this));
    }

    private void look() {
        Duration next = stream.check();
        Duration wait = next.compareTo(Duration.ofSeconds(1)) < 0 ? next : Duration.ofSeconds(1);
        time.schedule(this::look, wait.compareTo(Duration.ofMillis(20)) > 0 ? wait : Duration.ofMillis(20));
    }

    List<Step> possible() {
        List<Line> open = open();
        boolean one = !open.isEmpty();
        boolean two = open.size() > 1;
        boolean more = all.size() < MOST_LINES;
        boolean oldLives = one && !open.get(0).isDead();
        List<Step> steps = new ArrayList<>();
        addIf(
                steps,
                Step.BYTE_ON_OLD,
                oldLives && (more || !open.get(0).onItsWay.isEmpty()));
        addIf(steps, Step.BYTE_ON_NEW, two && (more || !open.get(1).onItsWay.isEmpty()));
        addIf(steps, Step.EVENT_FOR_NOBODY, more && !oldLives && !two);
        addIf(steps, Step.OLD_DIES_SILENTLY, oldLives);
        addIf(steps, Step.OLD_BREAKS, one);
        addIf(steps, Step.OLD_ENDS, oldLives);
        addIf(steps, Step.NEW_BREAKS, two);
        addIf(steps, Step.NEW_ENDS, two);
        addIf(steps, Step.CONNECTS, connecting > 0);
        addIf(steps, Step.FAILS_TO_CONNECT, connecting > 0);
        addIf(steps, Step.ROUTE_BLOCKED, !blocked && !wasBlocked);
        addIf(steps, Step.ROUTE_FREE, blocked);
        addIf(steps, Step.ROUTE_STALLS, blocked && waitingForRoom > 0);
        steps.add(Step.STOP_AND_START);
        steps.add(Step.MOMENT);
        steps.add(Step.LONG_SILENCE);
        return steps;
    }

    private static void addIf(List<Step> steps, Step step, boolean possible) {
        if (possible) {
            steps.add(step);
        }
    }

    void take(Step step) {
        told.append("\n  ").append(step).append(':');
        List<Line> open = open();
        switch (step) {
            case BYTE_ON_OLD -> byteOn(open.get(0));
            case BYTE_ON_NEW -> byteOn(open.get(1));
            case EVENT_FOR_NOBODY -> send();
            case OLD_DIES_SILENTLY -> open.get(0).dies();
            case OLD_BREAKS -> open.get(0).breaks();
            case OLD_ENDS -> open.get(0).ends();
            case NEW_BREAKS -> open.get(1).breaks();
            case NEW_ENDS -> open.get(1).ends();
            case CONNECTS -> permits = 1;
            case FAILS_TO_CONNECT -> refusal = new IOException("refused");
            case ROUTE_BLOCKED -> {
                blocked = true;
                wasBlocked = true;
            }
            case ROUTE_FREE -> blocked = false;
            case ROUTE_STALLS -> {
                stalls++;
                stalledAt = time.now();
            }
            case STOP_AND_START -> {
                stop();
                failedAt = null;
                start();
            }
            case MOMENT -> {
                carryWhatIsLate();
                time.pass(LATEST);
            }
            case LONG_SILENCE -> {
                carry();
                time.pass(SIGNS.plusSeconds(10));
            }
            default -> throw new IllegalStateException();
        }
        time.settle();
        time.pass(Duration.ofMillis(1));
    }

    /** The faults of all that happened, after the stream was given what it needs to go on. */
    List<String> end() {
        told.append("\n  then all is well:");
        blocked = false;
        answersAll = true;
        int last = -1;
        for (int tries = 0; tries < 300 && (tries < 6 || !delivered.contains(last)); tries++) {
            last = all.size();
            send();
            carry();
            time.pass(Duration.ofMillis(500));
        }
        if (!delivered.contains(last)) {
            faults.add("nothing is delivered any more" + time.whereThreadsAre());
        }
        if (stream.status().state() != State.OPEN) {
            faults.add("the stream is not open: " + stream.status());
        }
        stop();
        if (stream.status().state() != State.CONNECTING) {
            faults.add("a stopped stream seems to be open: " + stream.status());
        }
        check();
        return faults;
    }

    private void stop() {
        stream.stop("restart");
        stopped = true;
        time.settle();
        stopped = false;
        if (time.threads() > 0) {
            faults.add("a stop does not end" + time.whereThreadsAre());
        }
        if (connections.stream().anyMatch(connection -> !connection.closed)) {
            faults.add("a connection was not closed");
        }
    }

    private void check() {
        for (int i = 1; i < delivered.size(); i++) {
            if (delivered.get(i) <= delivered.get(i - 1) && !mayBeRepeated(delivered.get(i))) {
                faults.add("repeated, or out of order: " + delivered);
                break;
            }
        }
        for (int i = 0; i < all.size(); i++) {
            Instant at = all.get(i).at;
            boolean inGap =
                    gaps.stream().anyMatch(gap -> !at.isBefore(gap.from().minus(LATEST)) && !at.isAfter(gap.to()));
            if (!delivered.contains(i) && !inGap && all.size() - i > 1) {
                faults.add("lost, and in no gap: " + i);
            }
        }
        StreamStatus status = stream.status();
        if (status.events() != delivered.size() || status.gaps() != gaps.size() || status.renewals() != renewals) {
            faults.add("the figures are wrong: " + status);
        }
    }

    /** Two connections brought it, and one of them ended before it could be seen that both had. */
    private boolean mayBeRepeated(int number) {
        List<Line> bringers = connections.stream()
                .filter(connection -> connection.brought.contains(number))
                .toList();
        // While the route is blocked, neither is read.
        Instant settled = wasBlocked ? Instant.MAX : all.get(number).at.plus(Overlap.SETTLED);
        return bringers.size() == 2
                && bringers.stream()
                        .flatMap(one -> Stream.of(one.diedAt, one.endedAt, stalledAt))
                        .anyMatch(at -> at != null && !at.isAfter(settled));
    }

    @Override
    public String toString() {
        return told.toString();
    }

    private List<Line> open() {
        return connections.stream()
                .filter(connection -> !connection.closed && !connection.isEnded())
                .toList();
    }

    private void byteOn(Line connection) {
        if (connection.onItsWay.isEmpty()) {
            send();
        }
        connection.arrived.add(connection.onItsWay.remove());
    }

    private void send() {
        int number = all.size();
        String json = "{\"number\":" + number + "}";
        Sent sent = new Sent(
                GitpodEvent.ofStream("OP", "TYPE", String.valueOf(number), time.now(), JsonText.of(json)), time.now());
        all.add(sent);
        open().stream().filter(connection -> !connection.isDead()).forEach(connection -> connection.onItsWay.add(sent));
    }

    private void carry() {
        open().forEach(Line::carry);
    }

    private void carryWhatIsLate() {
        Instant latest = time.now().minus(LATEST);
        for (Line connection : open()) {
            while (!connection.onItsWay.isEmpty()
                    && !connection.onItsWay.peek().at.isAfter(latest)) {
                connection.arrived.add(connection.onItsWay.remove());
            }
        }
    }

    @Override
    public EventConnection watchEvents(EventQuery query, int maxLineBytes) throws IOException {
        if (failedAt != null && time.now().isBefore(failedAt.plus(FIRST_WAIT))) {
            faults.add("an attempt to connect comes too soon after one that failed");
        }
        failedAt = null;
        int before = losses;
        connecting++;
        time.await(() -> permits > 0 || refusal != null || answersAll || stopped);
        connecting--;
        if (stopped) {
            throw new IOException("closed");
        }
        if (refusal != null) {
            IOException failure = refusal;
            refusal = null;
            // When the route stalled meanwhile, the wait began with that: this attempt is of a renewal that is over.
            if (losses == before) {
                failedAt = time.now();
            }
            throw failure;
        }
        permits = 0;
        carry();
        Line connection = new Line();
        connections.add(connection);
        return connection;
    }

    private final class Line implements EventConnection {
        final Instant openedAt = time.now();
        /** Whether the stream waited for the other connection then; else it cannot know when what it reads there came. */
        final boolean othersWereRead =
                connections.stream().allMatch(connection -> connection.closed || connection.waitsForBytes());

        final Deque<Sent> onItsWay = new ArrayDeque<>();
        final Deque<Sent> arrived = new ArrayDeque<>();
        final Set<Integer> brought = new HashSet<>();
        Instant lastByteAt = openedAt;
        Instant waitingSince;
        IOException failure;
        Instant endedAt;
        Instant diedAt;
        boolean closed;

        void carry() {
            arrived.addAll(onItsWay);
            onItsWay.clear();
        }

        boolean waitsForBytes() {
            return waitingSince != null && arrived.isEmpty() && endedAt == null;
        }

        boolean isDead() {
            return diedAt != null;
        }

        boolean isEnded() {
            return endedAt != null;
        }

        void dies() {
            diedAt = time.now();
            onItsWay.clear();
            if (lifeSigns) {
                // A probe that nobody answers.
                time.schedule(this::breaks, SIGNS);
            }
        }

        void breaks() {
            if (endedAt != null) {
                return;
            }
            onItsWay.clear();
            arrived.clear();
            endedAt = time.now();
            failure = new IOException("Connection reset");
        }

        void ends() {
            carry();
            endedAt = time.now();
        }

        @Override
        public StreamLine read() throws IOException {
            waitingSince = time.now();
            time.await(() -> closed || isEnded() || !arrived.isEmpty());
            waitingSince = null;
            if (closed) {
                throw new IOException("closed");
            }
            StreamLine line = poll();
            if (line == null && failure != null) {
                throw failure;
            }
            time.yieldTurn();
            return line;
        }

        @Override
        public StreamLine poll() {
            Sent next = arrived.poll();
            if (next == null) {
                return null;
            }
            lastByteAt = time.now();
            brought.add(Integer.valueOf(next.event.resourceId()));
            return next.event;
        }

        @Override
        public Duration silence() {
            return waitingSince == null ? Duration.ZERO : Duration.between(waitingSince, time.now());
        }

        @Override
        public Optional<Duration> lifeSigns() {
            return lifeSigns ? Optional.of(SIGNS) : Optional.empty();
        }

        @Override
        public Instant openedAt() {
            return openedAt;
        }

        @Override
        public boolean awaitsAnswer() {
            return false;
        }

        @Override
        public Instant lastByteAt() {
            return lastByteAt;
        }

        @Override
        public Instant readUpTo() {
            return lastByteAt;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Override
    public boolean await(Pause pause) {
        int before = stalls;
        waitingForRoom++;
        time.await(() -> !blocked || stalls > before || pause.isEnded());
        waitingForRoom--;
        return !blocked || stalls == before;
    }

    @Override
    public boolean isFull() {
        return blocked;
    }

    @Override
    public void opened(StreamGap gap) {
        if (gap != null) {
            gaps.add(gap);
        }
    }

    @Override
    public void received(List<GitpodEvent> events, Instant before) {
        for (GitpodEvent event : events) {
            told.append(" event ").append(event.resourceId());
            delivered.add(Integer.valueOf(event.resourceId()));
        }
    }

    @Override
    public void skipped(StreamGap gap) {
        faults.add("skipped");
    }

    @Override
    public void connected(StreamGap gap) {
        told.append(" connected ").append(gap);
        current = connections.get(connections.size() - 1);
    }

    @Override
    public void renewed(String why, StreamGap gap) {
        told.append(" renewed ").append(gap);
        renewals++;
        Line old = current;
        Line fresh = connections.get(connections.size() - 1);
        current = fresh;
        if (gap == null) {
            return;
        }
        if (fresh.othersWereRead && old.lastByteAt.isAfter(fresh.openedAt)) {
            faults.add("a gap, and the old connection brought a line after the new one was opened");
        }
        if (fresh.othersWereRead && old.isEnded() && old.failure == null && old.endedAt.isAfter(fresh.openedAt)) {
            faults.add("a gap, and the server ended the old connection after the new one was opened");
        }
        if (lifeSigns && !old.isDead() && !old.isEnded() && !fresh.isEnded() && stalls == 0) {
            faults.add("a gap, and the old connection lives");
        }
    }

    @Override
    public void skipped(StreamLine.Skipped line) {
        faults.add("skipped");
    }

    @Override
    public void disconnected(String reason, Exception cause, Duration wait) {
        told.append(" lost ").append(reason);
        losses++;
    }

    @Override
    public void gaveUp(Throwable cause) {
        faults.add("gave up: " + cause);
    }
}
