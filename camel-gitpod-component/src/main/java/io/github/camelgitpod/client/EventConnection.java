package io.github.camelgitpod.client;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;

/** One open event stream. Read by one thread, closed by any. */
public interface EventConnection extends Closeable {

    /**
     * The next line, in the order the server sent them; blocks until there is one.
     *
     * @return null at the clean end of the stream
     * @throws ApiException when the server reports an error in the stream
     * @throws IOException  when the connection broke, or was idle for too long ({@link java.net.SocketTimeoutException})
     */
    StreamLine read() throws IOException;

    /** When the last byte was received, the answer's headers included. */
    Instant lastByteAt();

    /** Ends the stream; a blocked {@link #read()} throws. */
    @Override
    void close();
}
