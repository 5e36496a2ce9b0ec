package io.github.camelgitpod.client.http;

import java.time.Duration;
import java.util.function.Supplier;
import okhttp3.HttpUrl;

/**
 * How to reach the API and how patient to be.
 *
 * @param baseUrl        such as {@code https://app.gitpod.io/api}
 * @param accessToken    asked before each request, so that a rotated token is taken up
 * @param requestTimeout of one unary request, from its first byte to its last
 * @param maxRetries     repeats of one unary request after a failure that may pass
 * @param maxRetryAfter  the longest wait asked for by the server that is kept inside a call
 * @param userAgent      names the client and its version
 */
public record GitpodClientSettings(
        HttpUrl baseUrl,
        Supplier<String> accessToken,
        Duration requestTimeout,
        int maxRetries,
        Duration maxRetryAfter,
        String userAgent) {

    /** Without the token. */
    @Override
    public String toString() {
        return "GitpodClientSettings[" + baseUrl + "]";
    }
}
