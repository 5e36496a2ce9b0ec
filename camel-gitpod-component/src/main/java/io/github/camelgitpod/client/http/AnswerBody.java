package io.github.camelgitpod.client.http;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.Response;
import okio.BufferedSource;

/** What an answer's body is before anything is made of it: of a type that the API can have sent, and not endless. */
final class AnswerBody {
    /**
     * A page has at most 100 entries of usually less than 1 KB. So this is more than a hundred times what is expected, and still
     * fits into memory several times. It counts after decompression.
     */
    private static final int LONGEST = 16 * 1024 * 1024;

    private static final String QUESTION = " instead of JSON: is baseUrl right, is a proxy in between?";

    private AnswerBody() {}

    /**
     * Whether it is a page for people, such as that of a login or of a proxy. Looks at the header only, so that a stream is not
     * waited for.
     *
     * @return what to say about it; empty: it can be JSON
     */
    static Optional<String> complaint(Response response) {
        String type = type(response);
        return type.contains("html") || type.endsWith("xml") ? Optional.of(type + QUESTION) : Optional.empty();
    }

    /**
     * Reads the whole body.
     *
     * @throws IOException when it is longer than any answer of the API, or plainly something else
     */
    static byte[] read(Response response) throws IOException {
        BufferedSource source = response.body().source();
        if (source.request(LONGEST + 1L)) {
            throw new IOException("The answer is longer than " + LONGEST + " bytes, and was not read to its end");
        }
        byte[] body = source.readByteArray();
        String type = type(response);
        boolean object = body.length > 0 && body[0] == '{';
        if (!object && !type.contains("json") && !type.isEmpty()) {
            throw new IOException("The answer is " + type + QUESTION);
        }
        return body;
    }

    /** Such as {@code text/html}; empty when the answer does not say. */
    private static String type(Response response) {
        MediaType type = response.body().contentType();
        return type == null ? "" : (type.type() + "/" + type.subtype()).toLowerCase(Locale.ROOT);
    }
}
