package io.github.camelgitpod.simulator.http;

/**
 * A request that has passed the checks that come before its body.
 *
 * @param caller who asks
 * @param body its text
 * @param query the query string; nullable
 * @param effects the trouble that it runs into
 */
public record Call(Caller caller, String body, String query, Effects effects) {}
