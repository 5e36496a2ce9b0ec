package io.github.camelgitpod.transform;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Objects;

/** A listing in a form: each entry is taken and written when its bytes are asked for, so that no more than one is held. */
final class FormStream extends InputStream {
    private final Iterator<?> items;
    private final ItemCheck check;
    private final InstantSource clock;
    private final Surroundings surroundings;
    private final Chunk chunk = new Chunk();
    private final FormWriter writer;
    private boolean ended;
    private Exception failure;

    FormStream(Iterator<?> items, ItemCheck check, InstantSource clock, Surroundings surroundings) throws IOException {
        this.items = items;
        this.check = check;
        this.clock = clock;
        this.surroundings = surroundings;
        this.writer = new FormWriter(chunk, check.form(), true, surroundings);
    }

    @Override
    public int read() throws IOException {
        return fill() ? chunk.take() : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        return fill() ? chunk.take(target, offset, length) : -1;
    }

    @Override
    public int available() {
        return chunk.left();
    }

    @Override
    public void close() throws IOException {
        ended = true;
        writer.close();
        chunk.clear();
    }

    /** Whether there are bytes to take, after writing what comes next if there were none. */
    private boolean fill() throws IOException {
        // Whoever asks again after a failure, as a type converter does, must not get what comes after the broken place.
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        try {
            while (chunk.left() == 0 && !ended) {
                chunk.clear();
                writeNext();
                writer.flush();
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
            throw e;
        }
        return chunk.left() > 0;
    }

    private void writeNext() throws IOException {
        if (items.hasNext()) {
            Object item = check.item(items.next());
            writer.write(item, surroundings.readAt(clock.instant()));
        } else {
            writer.end();
            ended = true;
        }
    }

    /** What was written and not yet taken. */
    private static final class Chunk extends ByteArrayOutputStream {
        private int taken;

        private int left() {
            return count - taken;
        }

        private int take() {
            return buf[taken++] & 0xFF;
        }

        private int take(byte[] target, int offset, int length) {
            int bytes = Math.min(length, left());
            System.arraycopy(buf, taken, target, offset, bytes);
            taken += bytes;
            return bytes;
        }

        private void clear() {
            reset();
            taken = 0;
        }
    }
}
