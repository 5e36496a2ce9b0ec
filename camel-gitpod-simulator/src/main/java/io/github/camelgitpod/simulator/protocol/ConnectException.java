package io.github.camelgitpod.simulator.protocol;

import java.util.Map;

/** A refusal: becomes an answer with this status and a Connect error as its body. */
public final class ConnectException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient Map<String, String> headers;

    /**
     * A refusal.
     *
     * @param status the HTTP status
     * @param code the Connect code, such as {@code not_found}
     * @param message for people
     */
    public ConnectException(int status, String code, String message) {
        this(status, code, message, Map.of());
    }

    /**
     * A refusal with headers of its own.
     *
     * @param status the HTTP status
     * @param code the Connect code
     * @param message for people
     * @param headers such as {@code Allow}
     */
    public ConnectException(int status, String code, String message, Map<String, String> headers) {
        // No stack trace: a refusal is an ordinary answer here.
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.headers = headers;
    }

    /**
     * The refusal of a request's content: 400.
     *
     * @param message what is wrong, beginning with the field
     * @return a new exception
     */
    public static ConnectException invalid(String message) {
        return new ConnectException(400, "invalid_argument", message);
    }

    /**
     * The HTTP status.
     *
     * @return 400 to 599
     */
    public int status() {
        return status;
    }

    /**
     * The Connect code.
     *
     * @return in snake case
     */
    public String code() {
        return code;
    }

    /**
     * Headers that the answer has besides the usual ones.
     *
     * @return in general none
     */
    public Map<String, String> headers() {
        return headers;
    }

    /**
     * The body of the answer.
     *
     * @return a JSON object
     */
    public String json() {
        return "{\"code\":" + Json.quote(code) + ",\"message\":" + Json.quote(getMessage()) + "}";
    }
}
