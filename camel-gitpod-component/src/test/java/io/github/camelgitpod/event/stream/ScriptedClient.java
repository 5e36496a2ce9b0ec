package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.client.AuditLogPage;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.client.EventConnection;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.Identity;
import io.github.camelgitpod.client.ResourceListing;
import io.github.camelgitpod.client.ResourcePage;
import io.github.camelgitpod.client.http.PartialServer;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.JsonText;
import io.github.camelgitpod.model.StreamLine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** A client whose streams follow a script, in a time that only the script and the waits move. */
final class ScriptedClient implements PartialServer {
    /** What the stream does next; null: the script is at its end, and so is the test. */
    private final Deque<Step> script = new ArrayDeque<>();

    private final Runnable atEnd;
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    /** So much this machine's clock was set back. */
    Duration setBack = Duration.ZERO;

    int attempts;
    Duration allowedIn = Duration.ZERO;
    int closedConnections;
    Duration silence = Duration.ZERO;
    Duration lifeSigns;

    private sealed interface Step {}

    private record Refuse(Throwable failure) implements Step {}

    /** @param answered false: only the first line or an error will be the answer */
    private record Connect(boolean answered) implements Step {}

    private record Send(StreamLine line) implements Step {}

    private record End(Throwable failure) implements Step {}

    private record Pass(Duration time) implements Step {}

    private record Do(Runnable action) implements Step {}

    ScriptedClient(Runnable atEnd) {
        this.atEnd = atEnd;
    }

    ScriptedClient refuse(Throwable failure) {
        return then(new Refuse(failure));
    }

    ScriptedClient connect() {
        return then(new Connect(true));
    }

    /** The server takes the request, which counts as a connection 5 seconds later, and has not answered it. */
    ScriptedClient connectUnanswered() {
        return then(new Connect(false));
    }

    ScriptedClient event(String resourceId) {
        JsonText json = JsonText.of("{\"resourceId\":\"" + resourceId + "\"}");
        return then(new Send(GitpodEvent.ofStream("OP", "TYPE", resourceId, now, json)));
    }

    ScriptedClient skip(String reason, long bytes) {
        return then(new Send(new StreamLine.Skipped(reason, bytes)));
    }

    ScriptedClient cleanEnd() {
        return then(new End(null));
    }

    ScriptedClient end(Throwable failure) {
        return then(new End(failure));
    }

    /**
     * The same.
     *
     * @param look each second
     */
    ScriptedClient pass(Duration time, Runnable look) {
        for (long second = 0; second < time.toSeconds(); second++) {
            pass(Duration.ofSeconds(1)).run(look);
        }
        return this;
    }

    /** Lets time pass; the last byte stays where it is. */
    ScriptedClient pass(Duration time) {
        return then(new Pass(time));
    }

    ScriptedClient run(Runnable action) {
        return then(new Do(action));
    }

    private ScriptedClient then(Step step) {
        script.add(step);
        return this;
    }

    boolean isAtEnd() {
        return script.isEmpty();
    }

    @Override
    public EventConnection watchEvents(EventQuery query, int maxLineBytes) throws IOException {
        Step step = next();
        if (step == null) {
            throw new IOException("the script is at its end");
        }
        attempts++;
        if (step instanceof Refuse refusal) {
            fail(refusal.failure);
        }
        return new ScriptedConnection(step instanceof Connect connect && connect.answered);
    }

    /** The next step that is no passing of time. */
    private Step next() {
        while (true) {
            Step step = script.poll();
            if (step == null) {
                atEnd.run();
                return null;
            } else if (step instanceof Pass pass) {
                now = now.plus(pass.time);
            } else if (step instanceof Do something) {
                something.action.run();
            } else {
                return step;
            }
        }
    }

    private static void fail(Throwable failure) throws IOException {
        if (failure instanceof IOException io) {
            throw io;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }

    private final class ScriptedConnection implements EventConnection {
        private final Instant openedAt;
        private boolean answered;
        private Instant lastByteAt = now;
        private boolean closed;

        ScriptedConnection(boolean answered) {
            this.answered = answered;
            now = answered ? now : now.plusSeconds(5);
            openedAt = now;
        }

        @Override
        public StreamLine read() throws IOException {
            Step step = next();
            if (step instanceof Send send) {
                lastByteAt = now;
                answered = true;
                return send.line;
            }
            if (step instanceof End end && end.failure != null) {
                fail(end.failure);
            }
            return null;
        }

        @Override
        public StreamLine poll() {
            return null;
        }

        @Override
        public Duration silence() {
            return answered ? silence : Duration.between(lastByteAt, now);
        }

        @Override
        public Optional<Duration> lifeSigns() {
            return Optional.ofNullable(lifeSigns);
        }

        @Override
        public Instant openedAt() {
            return openedAt;
        }

        @Override
        public boolean awaitsAnswer() {
            return !answered;
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
            closedConnections += closed ? 0 : 1;
            closed = true;
        }
    }

    @Override
    public ResourcePage listResources(ResourceListing listing, String token) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Duration streamsAllowedIn(EventQuery query) {
        return allowedIn;
    }

    @Override
    public Identity authenticatedIdentity() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object credential() {
        return "token";
    }

    @Override
    public AuditLogPage listAuditLogs(AuditLogQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Instant> serverTime() {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
