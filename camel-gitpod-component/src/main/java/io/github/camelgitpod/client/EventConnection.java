package io.github.camelgitpod.client;

import io.github.camelgitpod.model.StreamLine;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One open event stream. Read by one thread, closed by any. */
public interface EventConnection extends Closeable {

    /**
     * The next line, in the order the server sent them; blocks until there is one.
     *
     * @return null at the clean end of the stream
     * @throws ApiException when the server reports an error in the stream, or as a late answer
     * @throws IOException  when the connection broke
     */
    StreamLine read() throws IOException;

    /**
     * The next line, if it has been received already; for the thread that reads.
     *
     * @return null when {@link #read()} would have to wait, or would report the end
     * @throws ApiException when the server reports an error in the stream
     */
    StreamLine poll() throws IOException;

    /** How long {@link #read()} has been waiting for a byte; zero when it is not waiting. */
    Duration silence();

    /**
     * After how long a silence reading fails if the peer is gone: a connection that has been silent for longer is alive.
     *
     * @return empty: a dead peer would not be noticed
     */
    Optional<Duration> lifeSigns();

    /** When it counted as open: when the server answered, or had taken the request though it did not answer yet. */
    Instant openedAt();

    /** Whether the server's answer is still awaited: it may come only with the first event. */
    boolean awaitsAnswer();

    /** When the last byte was received, the answer's headers included; while they are awaited, when the request was sent. */
    Instant lastByteAt();

    /**
     * Until when all that the server sent was read: as {@link #lastByteAt()}, but not beyond the beginning of a line whose end has not
     * come yet. Such a line is lost with its connection.
     */
    Instant readUpTo();

    /** Ends the stream; a blocked {@link #read()} throws. */
    @Override
    void close();
}
