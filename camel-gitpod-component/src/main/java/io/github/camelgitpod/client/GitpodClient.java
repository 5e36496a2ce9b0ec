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

    /**
     * Reads a page that was put aside in the form in which the server sends it. Asks the server nothing.
     *
     * @param json not changed by the caller afterwards
     */
    AuditLogPage readAuditLogs(byte[] json) throws IOException;

    /**
     * One entry of the audit log with its details; failed requests are repeated as the settings say. Older servers do not have this
     * method.
     */
    DetailedEntry getAuditLog(String entryId) throws IOException;

    /** Whose token it is; failed requests are repeated as the settings say. */
    Identity authenticatedIdentity() throws IOException;

    /** Which token the next request sends: equal for the same one, and nothing that tells it. */
    Object credential();

    /**
     * One page of what there is of a type, as far as the token's owner can see it; failed requests are repeated as the
     * settings say.
     *
     * @param token the {@code nextToken} of the page before; null: the first page
     */
    ResourcePage listResources(ResourceListing listing, String token) throws IOException;

    /**
     * One page of those who or what have a name, as far as the token's owner can see them; failed requests are repeated as the
     * settings say.
     *
     * @param organizationId whose members; of other listings null
     * @param token          the {@code nextToken} of the page before; null: the first page
     */
    NamePage listNames(NameListing listing, String organizationId, String token) throws IOException;

    /**
     * Opens an event stream. Returns when the server has answered, or 5 seconds (the time limit of a request, where that is
     * shorter) after it was sent: some servers answer only with the first event. In the second case the server is asked
     * something else, to find out whether it hangs. It is tried once: the caller must know of each attempt.
     *
     * @param maxLineBytes longer lines are skipped
     */
    EventConnection watchEvents(EventQuery query, int maxLineBytes) throws IOException;

    /**
     * How long this stream may not be requested with the current token, because the server said so; zero: at once. It is zero
     * again as soon as a refused token is replaced.
     */
    Duration streamsAllowedIn(EventQuery query);

    /**
     * A time that is not later than what the server's clock says, taken from the last answer that had a date; empty before
     * the first one. That clock may be wrong.
     */
    Optional<Instant> serverTime();

    /** How many requests were sent until now, repeated ones and those that failed included. */
    long requestsSent();

    /** How often the server has said that it gets too many requests (429); requests that were refused together count as one. */
    long slowDowns();

    /** Ends calls and waits that are under way, from any thread; they and later ones throw {@link ClientClosedException}. */
    @Override
    void close();
}
