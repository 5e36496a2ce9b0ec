package io.github.camelgitpod.event;

import io.github.camelgitpod.client.GitpodEvent;
import io.github.camelgitpod.client.StreamLine;
import java.time.Duration;

/**
 * Is told what happens to a stream, by the thread that reads it: the stream goes on when the call returns, and meanwhile
 * the server has to wait. Should throw nothing; a stream whose listener throws ends for good.
 */
public interface StreamListener {

    /**
     * A connection is open.
     *
     * @param gap what was missed before it; null for the first connection
     */
    void connected(StreamGap gap);

    /**
     * An event was received.
     *
     * @param gap what was missed since the event before; null: nothing
     */
    void event(GitpodEvent event, StreamGap gap);

    /** A line was received that is no event; the next event comes with a gap. */
    void skipped(StreamLine.Skipped line);

    /**
     * A connection ended or could not be opened; another attempt follows.
     *
     * @param reason as of a {@link StreamGap}
     * @param cause  null when the server ended the stream without an error
     * @param wait   until the next attempt
     */
    void disconnected(String reason, Exception cause, Duration wait);

    /** The stream ended for good: another attempt would not help. */
    void gaveUp(Throwable cause);
}
