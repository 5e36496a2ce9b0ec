package io.github.camelgitpod.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.client.ApiException;
import java.io.IOException;
import java.time.Duration;
import okhttp3.Response;

/** Turns answers and lines that report an error into an {@link ApiException} that tells what to do about it. */
final class ApiErrors {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String MASK = "xxxxxx";
    private static final int LONGEST_BODY = 64 * 1024;

    private ApiErrors() {}

    /** @param secret a text that must not get into the message, should the server repeat it */
    static ApiException of(Response response, String method, String secret) {
        String body;
        try {
            body = response.peekBody(LONGEST_BODY).string();
        } catch (IOException e) {
            body = "";
        }
        JsonNode error = parse(body);
        String code = error.path("code").isTextual() ? error.path("code").asText() : null;
        String said = error.path("message").asText("");
        StringBuilder message =
                new StringBuilder().append(method).append(" was answered with ").append(response.code());
        if (code != null) {
            message.append(' ').append(code);
        }
        if (!said.isEmpty()) {
            message.append(": ").append(said);
        }
        message.append(advice(response, method));
        Duration retryAfter = RetryAfter.of(response.headers(), error).orElse(null);
        return new ApiException(response.code(), code, message.toString().replace(secret, MASK), retryAfter);
    }

    /**
     * The error of a stream's line or Connect end-of-stream object.
     *
     * @param secret a text that must not get into the message, should the server repeat it
     */
    static ApiException ofStream(JsonNode error, String secret) {
        String code = error.path("code").asText(null);
        String said = error.path("message").asText("").replace(secret, MASK);
        String message = "The event stream ended with an error: " + code + ": " + said;
        return new ApiException(0, code, message, RetryAfter.inDetails(error).orElse(null));
    }

    private static String advice(Response response, String method) {
        String location = response.header("Location");
        if (response.isRedirect() && location != null) {
            return ": it redirects to " + location + ", and the access token is not sent to another host."
                    + " If that is the new address, set baseUrl to it";
        }
        return switch (response.code()) {
            case 401 -> " (is the access token valid? option accessToken, or GITPOD_API_KEY)";
            case 403 ->
                method.equals("ListAuditLogs")
                        ? " (the token's owner needs to be an organization admin or to have the audit-log reader role)"
                        : " (the token's owner needs read access to these resources)";
            case 404 -> " (is the base URL right? option baseUrl, or GITPOD_BASE_URL)";
            default -> "";
        };
    }

    private static JsonNode parse(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            return MAPPER.missingNode();
        }
    }
}
