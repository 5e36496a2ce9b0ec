package io.github.camelgitpod.simulator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgitpod.simulator.protocol.ConnectException;
import io.github.camelgitpod.simulator.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A whole answer.
 *
 * @param status the HTTP status
 * @param contentType of the body
 * @param body as sent, before compression
 * @param headers further headers
 */
public record Reply(int status, String contentType, byte[] body, Map<String, String> headers) {

    /** The content type of unary answers. */
    public static final String JSON = "application/json";

    /**
     * A successful answer.
     *
     * @param json its body
     * @return the answer
     */
    public static Reply ok(byte[] json) {
        return new Reply(200, JSON, json, Map.of());
    }

    /**
     * A successful answer.
     *
     * @param json its body
     * @return the answer
     */
    public static Reply ok(String json) {
        return ok(json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A refusal.
     *
     * @param refusal its status, code and message
     * @return the answer
     */
    public static Reply of(ConnectException refusal) {
        byte[] body = refusal.json().getBytes(StandardCharsets.UTF_8);
        return new Reply(refusal.status(), JSON, body, refusal.headers());
    }

    /**
     * The same answer with one more header.
     *
     * @param name the header
     * @param value its value
     * @return a copy
     */
    public Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, contentType, body, more);
    }

    /**
     * The same answer with one more detail in its Connect error.
     *
     * @param detail what to add to {@code details}
     * @return a copy; the answer itself if its body is not a JSON object
     */
    public Reply withDetail(ObjectNode detail) {
        if (!JSON.equals(contentType)
                || !(Json.read(new String(body, StandardCharsets.UTF_8)) instanceof ObjectNode error)) {
            return this;
        }
        error.withArray("details").add(detail);
        return new Reply(status, contentType, error.toString().getBytes(StandardCharsets.UTF_8), headers);
    }
}
