package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.client.EventConnection;
import io.github.camelgitpod.model.StreamLine;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads a connection into the inbox: what comes together is handed over together, and nothing is held back. */
final class LinkReader {
    private static final int LINES_AT_ONCE = 256;

    private final StreamInbox inbox;

    LinkReader(StreamInbox inbox) {
        this.inbox = inbox;
    }

    /** Reads a connection to its end; null: that was asked for, or another connection has taken over. */
    Ending read(HeldConnection link, StreamSession session) {
        try {
            Ending ending = null;
            while (ending == null && session.isOpen()) {
                ending = awaitRoom(link, session) ? readSome(link) : Ending.stalled();
            }
            return session.isOpen() ? ending : null;
        } catch (SupersededException e) {
            return null;
        } catch (IOException | RuntimeException e) {
            return session.isOpen() ? Ending.ofConnection(e) : null;
        }
    }

    private boolean awaitRoom(HeldConnection link, StreamSession session) {
        link.heldUp = true;
        try {
            return inbox.awaitRoom(session.pause);
        } finally {
            link.heldUp = false;
        }
    }

    /** Null: there may be more. */
    private Ending readSome(HeldConnection link) throws IOException, SupersededException {
        List<StreamLine> lines = new ArrayList<>();
        try {
            return readInto(lines, link.connection) ? null : Ending.clean();
        } finally {
            // What came before a failure is told before it.
            if (!lines.isEmpty()) {
                handOver(link, lines);
            }
        }
    }

    /** Waits for a line, and takes those that came with it; false: there are no more. */
    private static boolean readInto(List<StreamLine> lines, EventConnection connection) throws IOException {
        StreamLine line = connection.read();
        if (line == null) {
            return false;
        }
        lines.add(line);
        while (lines.size() < LINES_AT_ONCE && (line = connection.poll()) != null) {
            lines.add(line);
        }
        return true;
    }

    private void handOver(HeldConnection link, List<StreamLine> lines) throws SupersededException {
        Instant upTo = link.connection.lastByteAt();
        Renewal renewal = link.renewal;
        if (renewal == null) {
            inbox.received(lines, upTo);
        } else if (!renewal.received(link, lines, upTo)) {
            throw new SupersededException();
        }
    }

    /** Another connection has taken over, which has these lines too. */
    private static final class SupersededException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
