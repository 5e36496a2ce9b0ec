package io.github.camelgitpod.event.group;

import io.github.camelgitpod.client.ClientClosedException;
import io.github.camelgitpod.client.EventConnection;
import io.github.camelgitpod.event.group.StreamServer.Sent;
import io.github.camelgitpod.event.stream.VirtualTime;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.JsonText;
import io.github.camelgitpod.model.StreamLine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** One connection of the scripted server: what it carries comes in order, each line a little after it was sent. */
final class ServerConnection implements EventConnection {
    private static final Duration LIFE_SIGNS = Duration.ofSeconds(2);
    private static final int MOST_AT_ONCE = 5;

    private record OnItsWay(Sent line, Instant arrivesAt) {}

    final String scope;
    final Object owner;
    final Set<Integer> brought = new HashSet<>();
    Instant openedAt;
    /** Whether what it carries has to be delivered: no other process went on when it was opened. */
    boolean promises;

    /** When it stopped to carry what is sent; null: it does. */
    Instant endedAt;

    private final StreamServer server;
    private final VirtualTime time;
    private final Deque<OnItsWay> onItsWay = new ArrayDeque<>();
    private Instant lastByteAt;
    /** Since when each line that came was followed by the beginning of another one; null: they were not. */
    Instant lineBegunAt;

    private Instant waitingSince;
    private IOException failure;
    private boolean over;
    private boolean cutOff;
    private boolean closed;
    private int atOnce;

    /** @param owner who reads it */
    ServerConnection(StreamServer server, String scope, Object owner) {
        this.owner = owner;
        this.server = server;
        this.time = server.time;
        this.scope = scope;
    }

    void opened() {
        openedAt = time.now();
        lastByteAt = openedAt;
        promises = !(owner instanceof StreamRoute route && route.isStale.getAsBoolean());
        if (promises) {
            server.promisedSince.putIfAbsent(scope, openedAt);
        }
    }

    boolean isLive() {
        return endedAt == null && !closed;
    }

    void send(Sent line) {
        Instant arrivesAt = time.now().plusMillis(server.random.nextInt((int) StreamServer.TRANSIT.toMillis()));
        if (!onItsWay.isEmpty() && onItsWay.peekLast().arrivesAt.isAfter(arrivesAt)) {
            arrivesAt = onItsWay.peekLast().arrivesAt;
        }
        onItsWay.add(new OnItsWay(line, arrivesAt));
        time.schedule(() -> {}, Duration.between(time.now(), arrivesAt));
    }

    /** After what is on its way. */
    void ends(IOException reported) {
        endedAt = time.now();
        failure = reported;
        over = true;
    }

    /** What is on its way is lost. */
    void breaks(boolean inALine) {
        endedAt = endedAt == null ? time.now() : endedAt;
        onItsWay.clear();
        cutOff = inALine;
        failure = new IOException("Connection reset");
        over = true;
    }

    /** Nothing comes any more, and nobody says so. */
    void hangs() {
        endedAt = time.now();
        onItsWay.clear();
        if (server.lifeSigns) {
            time.schedule(() -> breaks(false), LIFE_SIGNS);
        }
    }

    /** The same, but what is on its way arrives: who reads it later may take the connection for alive. */
    void goesDeaf() {
        Instant deafSince = time.now();
        endedAt = deafSince;
        if (server.lifeSigns) {
            time.schedule(
                    () -> {
                        ends(new IOException("Connection timed out"));
                        endedAt = deafSince;
                    },
                    LIFE_SIGNS);
        }
    }

    @Override
    public StreamLine read() throws IOException {
        waitingSince = time.now();
        time.await(() -> closed || isHere() || (over && onItsWay.isEmpty()));
        waitingSince = null;
        if (closed) {
            throw new ClientClosedException();
        }
        StreamLine line = null;
        if (isHere()) {
            line = take();
        } else if (cutOff) {
            cutOff = false;
            line = new StreamLine.Skipped(StreamLine.Skipped.CUT_OFF, 7);
        } else if (failure != null) {
            throw failure;
        }
        atOnce = 1;
        time.yieldTurn();
        return line;
    }

    @Override
    public StreamLine poll() {
        return isHere() && !closed && atOnce++ < MOST_AT_ONCE ? take() : null;
    }

    private boolean isHere() {
        return !onItsWay.isEmpty() && !onItsWay.peek().arrivesAt.isAfter(time.now());
    }

    private StreamLine take() {
        Sent line = onItsWay.remove().line;
        lastByteAt = time.now();
        brought.add(line.number());
        return line.readable()
                ? GitpodEvent.ofStream(
                        line.operation(), line.type(), line.resourceId(), lastByteAt, JsonText.of(line.json()))
                : new StreamLine.Skipped("not a JSON object " + line.number(), 10);
    }

    @Override
    public Duration silence() {
        return waitingSince == null ? Duration.ZERO : Duration.between(waitingSince, time.now());
    }

    @Override
    public Optional<Duration> lifeSigns() {
        return server.lifeSigns ? Optional.of(LIFE_SIGNS) : Optional.empty();
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
        return lineBegunAt == null ? lastByteAt : lineBegunAt;
    }

    @Override
    public void close() {
        closed = true;
    }
}
