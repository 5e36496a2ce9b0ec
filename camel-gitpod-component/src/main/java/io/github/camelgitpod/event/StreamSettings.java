package io.github.camelgitpod.event;

import io.github.camelgitpod.client.Backoff;
import io.github.camelgitpod.client.EventQuery;
import java.time.Duration;

/**
 * What a stream carries and how it is held.
 *
 * @param query        which events
 * @param idleTimeout  no byte for so long: the connection is taken for dead
 * @param maxLineBytes longer lines are skipped
 * @param backoff      how long to wait before the next connection
 */
public record StreamSettings(EventQuery query, Duration idleTimeout, int maxLineBytes, Backoff backoff) {}
