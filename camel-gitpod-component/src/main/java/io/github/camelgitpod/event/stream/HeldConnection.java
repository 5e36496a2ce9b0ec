package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.client.EventConnection;
import java.time.Duration;
import java.time.Instant;

/** A stream's connection, and what the stream has to remember about it. */
final class HeldConnection {
    final EventConnection connection;
    final Instant openedAt;
    final long openedNanos;
    /** At which age it is renewed; null: at none. */
    final Duration longestLife;
    /** While it is being renewed, or is the renewed one. */
    volatile Renewal renewal;
    /** Whether its reader waits for the route, not for the server. */
    volatile boolean heldUp;
    /** When it may be renewed, after renewing failed. */
    volatile long renewAt;

    volatile int failedRenewals;

    HeldConnection(EventConnection connection, long openedNanos, Duration longestLife) {
        this.connection = connection;
        this.openedAt = connection.lastByteAt();
        this.openedNanos = openedNanos;
        this.longestLife = longestLife;
        this.renewAt = openedNanos;
    }
}
