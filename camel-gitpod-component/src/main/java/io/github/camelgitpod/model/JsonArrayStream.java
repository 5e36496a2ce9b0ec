package io.github.camelgitpod.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A listing as bytes of a JSON array. It holds one entry at a time. */
final class JsonArrayStream extends InputStream {
    private final AuditLogListing.Source source;
    private byte[] part = {'['};
    private int position;
    private boolean first = true;
    private boolean ended;

    JsonArrayStream(AuditLogListing.Source source) {
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        return fill() ? part[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, part.length - position);
        System.arraycopy(part, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return part.length - position;
    }

    @Override
    public void close() {
        source.close();
    }

    /** Whether there is a byte to be read. */
    private boolean fill() throws IOException {
        if (position < part.length) {
            return true;
        }
        if (ended) {
            return false;
        }
        AuditLogEntry entry = source.next();
        ended = entry == null;
        String text = ended ? "]" : (first ? "" : ",") + entry.json();
        first = false;
        part = text.getBytes(StandardCharsets.UTF_8);
        position = 0;
        return true;
    }
}
