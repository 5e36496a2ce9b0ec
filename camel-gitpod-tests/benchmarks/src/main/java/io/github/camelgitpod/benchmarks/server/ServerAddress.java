package io.github.camelgitpod.benchmarks.server;

import java.time.Instant;

/**
 * Where the server is.
 *
 * @param baseUrl without a slash at the end
 * @param token   the one that it accepts
 * @param end     all its entries are older
 */
public record ServerAddress(String baseUrl, String token, Instant end) {

    /** The address of a method of the event service. */
    public String method(String name) {
        return baseUrl + "/gitpod.v1.EventService/" + name;
    }
}
