package io.github.camelgitpod.model;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * The UTF-8 JSON text of one object exactly as the server sent it: a slice of the bytes it arrived in, never re-encoded,
 * so that unknown fields and values, number formats and white space stay as they were. Immutable.
 */
public final class JsonText {
    private final byte[] bytes;
    private final int offset;
    private final int length;

    /**
     * @param bytes  what the text is a part of; not copied, so it must not change afterwards
     * @param offset where the text begins, in bytes
     * @param length how long it is, in bytes
     */
    public JsonText(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
    }

    /** The text of a string, encoded as UTF-8. */
    public static JsonText of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new JsonText(bytes, 0, bytes.length);
    }

    /** A copy of the text's bytes. */
    public byte[] toByteArray() {
        return Arrays.copyOfRange(bytes, offset, offset + length);
    }

    /** A new stream over the text's bytes. */
    public InputStream toInputStream() {
        return new ByteArrayInputStream(bytes, offset, length);
    }

    /** The length in bytes. */
    public int length() {
        return length;
    }

    /** The text itself. */
    @Override
    public String toString() {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonText that
                && Arrays.equals(bytes, offset, offset + length, that.bytes, that.offset, that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }
}
