package io.github.camelgitpod.client.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits bytes into lines.
 *
 * <ul>
 *   <li>Only {@code \n} ends a line; one {@code \r} before it belongs to the end.
 *   <li>A byte order mark at the beginning of a line, and lines of nothing but white space, are skipped.
 *   <li>Of a line that is longer than allowed only the length is kept, so that its size costs no memory.
 *   <li>What comes before a failure of the source is returned before the failure is thrown.
 * </ul>
 *
 * <p>For one thread.
 */
final class JsonLines {
    private static final int BUFFER_BYTES = 64 * 1024;
    /** What can surround a line of just the allowed length: a byte order mark and a carriage return. */
    private static final int MARGIN = 4;

    private final InputStream source;
    private final int maxLineBytes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    /** The beginning of a line whose end has not been read yet. */
    private byte[] carry = new byte[1024];

    private int carried;
    /** As {@link #carried}, with the bytes that were dropped. */
    private long carriedLength;

    private IOException failure;
    private boolean ended;

    /**
     * One line.
     *
     * @param bytes      without its end; null when it was longer than allowed
     * @param length     in bytes
     * @param terminated false: the source ended, or failed, before the line did
     */
    record Line(byte[] bytes, long length, boolean terminated) {}

    JsonLines(InputStream source, int maxLineBytes) {
        this.source = source;
        this.maxLineBytes = maxLineBytes;
    }

    /**
     * The next line that is not blank.
     *
     * @return null at the end
     * @throws IOException what the source threw
     */
    Line next() throws IOException {
        while (true) {
            Line line = poll();
            if (line != null) {
                return line;
            }
            if (!fill()) {
                Line last = carriedLine(false);
                return last != null ? last : end();
            }
        }
    }

    /** The next line that is not blank, if its end was read already; null: the source has to be asked. */
    Line poll() {
        while (position < limit) {
            int newline = newline();
            boolean terminated = newline < limit;
            if (!terminated || carriedLength > 0) {
                carry(newline);
            }
            if (!terminated) {
                position = limit;
                return null;
            }
            Line line = carriedLength > 0 ? carriedLine(true) : line(buffer, position, newline, true);
            position = newline + 1;
            if (line != null) {
                return line;
            }
        }
        return null;
    }

    /** Whether each line that has begun to come was returned, or is blank so far. */
    boolean isBetweenLines() {
        return position == limit && carriedLength == carried && isBlank(carry, 0, carried);
    }

    /** The position of the next line end in the buffer; its limit when there is none. */
    private int newline() {
        int i = position;
        while (i < limit && buffer[i] != '\n') {
            i++;
        }
        return i;
    }

    private boolean fill() {
        position = 0;
        limit = 0;
        if (ended) {
            return false;
        }
        try {
            int read = source.read(buffer, 0, buffer.length);
            ended = read < 0;
            limit = Math.max(0, read);
        } catch (IOException e) {
            failure = e;
            ended = true;
        }
        return !ended;
    }

    private Line end() throws IOException {
        if (failure != null) {
            throw failure;
        }
        return null;
    }

    private void carry(int end) {
        int bytes = end - position;
        carriedLength += bytes;
        int kept = (int) Math.min(bytes, (long) maxLineBytes + MARGIN - carried);
        if (carried + kept > carry.length) {
            long doubled = Math.max(2L * carry.length, carried + kept);
            carry = Arrays.copyOf(carry, (int) Math.min(doubled, (long) maxLineBytes + MARGIN));
        }
        System.arraycopy(buffer, position, carry, carried, kept);
        carried += kept;
    }

    private Line carriedLine(boolean terminated) {
        Line line = carriedLength > carried
                ? new Line(null, carriedLength, terminated)
                : line(carry, 0, carried, terminated);
        carried = 0;
        carriedLength = 0;
        return line;
    }

    /** Null when the line is blank. */
    private Line line(byte[] bytes, int from, int to, boolean terminated) {
        int start = startsWithMark(bytes, from, to) ? from + 3 : from;
        int end = to > start && bytes[to - 1] == '\r' ? to - 1 : to;
        if (isBlank(bytes, start, end)) {
            return null;
        }
        int length = end - start;
        return new Line(length > maxLineBytes ? null : Arrays.copyOfRange(bytes, start, end), length, terminated);
    }

    private static boolean startsWithMark(byte[] bytes, int from, int to) {
        return to - from >= 3
                && bytes[from] == (byte) 0xEF
                && bytes[from + 1] == (byte) 0xBB
                && bytes[from + 2] == (byte) 0xBF;
    }

    private static boolean isBlank(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }
}
