package io.github.camelgitpod.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A request as the simulator received it.
 *
 * @param method the last part of the path, such as {@code ListAuditLogs}
 * @param path the path without the query
 * @param query the query string as sent; null without one
 * @param body the body as text, empty if it was not read (an answer that does not depend on it)
 * @param headers by lower-case name; {@code authorization} is left out
 * @param time when it arrived, by the simulator's clock
 * @param status the HTTP status of the answer; 0 if there was none
 */
public record RecordedRequest(
        String method,
        String path,
        String query,
        String body,
        Map<String, List<String>> headers,
        Instant time,
        int status) {}
