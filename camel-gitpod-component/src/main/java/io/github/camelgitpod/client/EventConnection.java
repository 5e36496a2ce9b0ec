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
     * @throws ApiException when the server reports an error in the stream
     * @throws IOException  when the connection broke
     */
    StreamLine read() throws IOException;

    /**
     * The next line, if it is here already; for the thread that reads.
     *
     * @return null: {@link #read()} would have to wait, or has the end to tell
     * @throws ApiException when the server reports an error in the stream
     */
    StreamLine poll() throws IOException;

    /** How long {@link #read()} has been waiting for a byte; zero when it is not waiting. */
    Duration silence();

    /**
     * A peer that is gone makes reading fail after so long a silence, so that one that is longer shows that it lives.
     *
     * @return empty: nothing would tell
     */
    Optional<Duration> lifeSigns();

    /** When the last byte was received, the answer's headers included. */
    Instant lastByteAt();

    /** Ends the stream; a blocked {@link #read()} throws. */
    @Override
    void close();
}
