package io.github.camelgitpod.model;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Entries of the audit log that are read from the server, page by page, while they are consumed. Each iterator begins anew, so that
 * the listing can be read more than once; the first one has the first page already. As text it is a JSON array of the entries,
 * each exactly as the server sent it, written while it is read.
 *
 * <p>A request that fails ends an iterator with an {@link UncheckedIOException}, never like an end. Safe for several threads, each
 * iterator for one.
 */
public final class AuditLogListing implements Iterable<AuditLogEntry>, JsonSerializable, Closeable {
    private final Supplier<? extends Source> sources;
    private final Set<Source> open = ConcurrentHashMap.newKeySet();
    private Source begun;

    /** Where the entries come from. */
    public interface Source extends Closeable {

        /** The next entry; null: there are no more. */
        AuditLogEntry next() throws IOException;

        /** Releases what is held. */
        @Override
        void close();
    }

    /**
     * @param begun   for the first iterator; null: it begins anew, too
     * @param sources begins anew
     */
    public AuditLogListing(Source begun, Supplier<? extends Source> sources) {
        this.begun = begun;
        this.sources = sources;
        if (begun != null) {
            open.add(begun);
        }
    }

    /** Reads from the first entry on. */
    @Override
    public Iterator<AuditLogEntry> iterator() {
        return new Entries(source());
    }

    /** All entries, read to the end. */
    public List<AuditLogEntry> toList() throws IOException {
        List<AuditLogEntry> entries = new ArrayList<>();
        try (Source source = source()) {
            for (AuditLogEntry entry = source.next(); entry != null; entry = source.next()) {
                entries.add(entry);
            }
        }
        return new AuditLogBatch(entries);
    }

    /** A JSON array of the entries in UTF-8, written while it is read; closed by the caller, or with this listing. */
    public InputStream toInputStream() {
        return new JsonArrayStream(source());
    }

    /** Ends all iterators and streams that are under way: they fail. Later ones begin anew. */
    @Override
    public synchronized void close() {
        begun = null;
        for (Source source : open) {
            open.remove(source);
            source.close();
        }
    }

    @Override
    public void serialize(JsonGenerator generator, SerializerProvider provider) throws IOException {
        generator.writeStartArray();
        try (Source source = source()) {
            for (AuditLogEntry entry = source.next(); entry != null; entry = source.next()) {
                entry.serialize(generator, provider);
            }
        }
        generator.writeEndArray();
    }

    @Override
    public void serializeWithType(JsonGenerator generator, SerializerProvider provider, TypeSerializer type)
            throws IOException {
        serialize(generator, provider);
    }

    /** Short, for logs: nothing is read. */
    @Override
    public String toString() {
        return "AuditLogListing";
    }

    private synchronized Source source() {
        Source source = begun != null ? begun : sources.get();
        begun = null;
        open.add(source);
        return new Remembered(source);
    }

    /** Forgotten when it is closed. */
    private final class Remembered implements Source {
        private final Source source;

        Remembered(Source source) {
            this.source = source;
        }

        @Override
        public AuditLogEntry next() throws IOException {
            if (!open.contains(source)) {
                throw new IOException("The listing was closed: its exchange is completed");
            }
            return source.next();
        }

        @Override
        public void close() {
            open.remove(source);
            source.close();
        }
    }

    private static final class Entries implements Iterator<AuditLogEntry> {
        private final Source source;
        private AuditLogEntry next;
        private boolean complete;

        Entries(Source source) {
            this.source = source;
        }

        @Override
        public boolean hasNext() {
            if (next == null && !complete) {
                try {
                    next = source.next();
                    complete = next == null;
                    if (complete) {
                        source.close();
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return next != null;
        }

        @Override
        public AuditLogEntry next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            AuditLogEntry entry = next;
            next = null;
            return entry;
        }
    }
}
