package io.github.camelgitpod.benchmarks.reader;

import io.github.camelgitpod.benchmarks.server.ServerAddress;
import java.util.function.Consumer;

/** Somebody who reads the audit log from its beginning, or the event stream from now on. */
public interface Reader {

    /** What it is called in the table. */
    String name();

    /**
     * Gets ready to read.
     *
     * @param sink told the id of each entry, or of each event's resource, in the order in which they are delivered; by one
     *             thread at a time
     */
    Reading open(ServerAddress server, Consumer<String> sink) throws Exception;

    /** Reads once. */
    interface Reading extends AutoCloseable {

        /** Begins to read, in a thread of its own. */
        void begin() throws Exception;

        /** Returns when nothing is read any more. */
        @Override
        void close() throws Exception;
    }
}
