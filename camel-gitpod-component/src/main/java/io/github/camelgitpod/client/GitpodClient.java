package io.github.camelgitpod.client;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What can be asked of Gitpod's API. Calls block; they throw {@link ApiException} for an answer that is not 200,
 * {@link ClientClosedException} once this client is closed, and another {@link IOException} for a connection that failed.
 */
public interface GitpodClient extends Closeable {

    /** One page of the audit log; failed requests are repeated as the settings say. */
    AuditLogPage listAuditLogs(AuditLogQuery query) throws IOException;

    /** Whose token it is; failed requests are repeated as the settings say. */
    Identity authenticatedIdentity() throws IOException;

    /**
     * One page of what there is of a type, as far as the token's owner can see it; failed requests are repeated as the
     * settings say.
     *
     * @param token the {@code nextToken} of the page before; null: the first page
     */
    ResourcePage listResources(ResourceListing listing, String token) throws IOException;

    /**
     * Opens an event stream. Returns when the server has answered, which can be long before the first event; is tried
     * once, since who reads a stream must know of each attempt.
     *
     * @param idleTimeout  no byte for so long: reading fails
     * @param maxLineBytes longer lines are skipped
     */
    EventConnection watchEvents(EventQuery query, Duration idleTimeout, int maxLineBytes) throws IOException;

    /**
     * A time that is certainly not after the server's own now, taken from the last answer; empty before the first one
     * and when the server sends no date.
     */
    Optional<Instant> serverTime();

    /** Ends calls and waits that are under way, from any thread; they and later ones throw {@link ClientClosedException}. */
    @Override
    void close();
}
