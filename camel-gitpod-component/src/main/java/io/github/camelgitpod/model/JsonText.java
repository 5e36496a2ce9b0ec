package io.github.camelgitpod.model;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * The UTF-8 JSON text of one object, or of one array of them, exactly as the server sent it: never re-encoded, so that
 * unknown fields and values, number formats and white space stay as they were. Immutable. It holds its own bytes only, so
 * that who keeps one entry does not keep the page that it came with.
 *
 * <p>Serialized, it is its bytes; what is not one JSON value in UTF-8 is not read back.
 */
public final class JsonText implements JsonBacked {
    private static final long serialVersionUID = 1L;

    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final byte[] utf8;

    /**
     * @param bytes  what the text is a part of, which is copied; not copied where the text is all of it, so it must not
     *     change afterwards
     * @param offset where the text begins, in bytes
     * @param length how long it is, in bytes
     */
    public JsonText(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        this.utf8 = length == bytes.length ? bytes : Arrays.copyOfRange(bytes, offset, offset + length);
    }

    /** The text of a string, encoded as UTF-8. */
    public static JsonText of(String text) {
        return new JsonText(text.getBytes(StandardCharsets.UTF_8));
    }

    private JsonText(byte[] utf8) {
        this.utf8 = utf8;
    }

    /** Itself: a route may have it as its body, too. */
    @Override
    public JsonText json() {
        return this;
    }

    /** A copy of the text's bytes. */
    public byte[] toByteArray() {
        return utf8.clone();
    }

    /** A new stream over the text's bytes. */
    public InputStream toInputStream() {
        return new ByteArrayInputStream(utf8);
    }

    /**
     * The parsed form, a new one each time. Numbers have all their digits.
     *
     * @throws IOException when it is not one JSON value
     */
    public JsonNode toTree() throws IOException {
        return EXACT.readTree(utf8);
    }

    /** The length in bytes. */
    public int length() {
        return utf8.length;
    }

    /** The text itself. */
    @Override
    public String toString() {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonText that && Arrays.equals(utf8, that.utf8);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(utf8);
    }

    private Object writeReplace() {
        return new Serialized(utf8);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("A JsonText is serialized as its bytes");
    }

    /** What is serialized. Java makes an InvalidObjectException of what the constructor throws. */
    private record Serialized(byte[] utf8) implements Serializable {

        private Serialized {
            // A forged stream could go on using the array itself.
            utf8 = utf8.clone();
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
                if (EXACT.readTree(utf8).isMissingNode()) {
                    throw new IllegalArgumentException("The text is empty, and no JSON value");
                }
            } catch (IOException e) {
                throw new IllegalArgumentException("The text is not one JSON value in UTF-8", e);
            }
        }

        private Object readResolve() {
            return new JsonText(utf8);
        }
    }
}
