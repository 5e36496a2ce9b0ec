package io.github.camelgitpod.client.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * JSON that came from outside, as a whole. It has to be UTF-8: a parser that finds UTF-16 or UTF-32 counts in characters,
 * so that no entry could be cut out by its bytes; and broken UTF-8 is noticed only where the parser looks.
 */
final class JsonBytes {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int LOOKED_AT_BY_JACKSON = 4;
    private static final int DECODED_AT_ONCE = 8 * 1024;
    /** Of eight bytes that are not ASCII one has such a bit. */
    private static final long HIGH_BITS = 0x8080808080808080L;

    private JsonBytes() {}

    /**
     * A parser of one object, which stands on its beginning.
     *
     * @throws IOException when it is not UTF-8, or not an object
     */
    static JsonParser object(byte[] json) throws IOException {
        if (!isUtf8(json)) {
            throw new IOException("the text is not UTF-8");
        }
        JsonParser parser = MAPPER.getFactory().createParser(json);
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("it is not a JSON object");
        }
        return parser;
    }

    /** @throws IOException when the object that ended is not all there is */
    static void expectEnd(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
            throw new IOException("it is not exactly one JSON object");
        }
    }

    /** The object in its parsed form. */
    static JsonNode tree(byte[] json) throws IOException {
        JsonParser parser = object(json);
        JsonNode tree = MAPPER.readTree(parser);
        if (parser.nextToken() != null) {
            throw new IOException("it is not exactly one JSON object");
        }
        return tree;
    }

    /** What is wrong, without a word of the text itself: a parser repeats the beginning of what it did not understand. */
    static String problem(IOException failure) {
        if (failure instanceof StreamConstraintsException) {
            return "its JSON is nested too deeply, or has a number, a name or a text that is too long";
        }
        if (failure instanceof JsonProcessingException wrong) {
            JsonLocation where = wrong.getLocation();
            return "it is not valid JSON" + (where == null ? "" : " at byte " + where.getByteOffset());
        }
        return failure.getMessage();
    }

    /** A zero byte in front, where Jackson looks for them too, gives UTF-16 and UTF-32 away. */
    private static boolean isUtf8(byte[] json) {
        for (int i = 0; i < Math.min(LOOKED_AT_BY_JACKSON, json.length); i++) {
            if (json[i] == 0) {
                return false;
            }
        }
        return isAscii(json) || canBeDecoded(json);
    }

    /** What nearly all answers are, and seen much faster than to be UTF-8. */
    private static boolean isAscii(byte[] json) {
        ByteBuffer bytes = ByteBuffer.wrap(json);
        int i = 0;
        while (i <= json.length - Long.BYTES) {
            if ((bytes.getLong(i) & HIGH_BITS) != 0) {
                return false;
            }
            i += Long.BYTES;
        }
        while (i < json.length && json[i] >= 0) {
            i++;
        }
        return i == json.length;
    }

    private static boolean canBeDecoded(byte[] json) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(json);
        CharBuffer decoded = CharBuffer.allocate(Math.min(DECODED_AT_ONCE, json.length + 1));
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            decoded.clear();
            result = decoder.decode(bytes, decoded, true);
        }
        return !result.isError();
    }
}
