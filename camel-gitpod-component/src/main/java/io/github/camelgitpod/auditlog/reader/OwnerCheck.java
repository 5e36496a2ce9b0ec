package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.client.ClientClosedException;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.TokenOrganization;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a cursor is used with the entries of one organization only, also when the token is replaced at run time.
 *
 * <p>A server that cannot say just now whose token it is ends a poll, as any request that fails. When only this request
 * fails, a few polls are ended so. After that entries are delivered, and the watermark stays: if the token turns out to be
 * another organization's, the cursor has passed over nothing of the first one.
 */
final class OwnerCheck {
    private static final Logger LOG = LoggerFactory.getLogger(OwnerCheck.class);
    /** So many polls are ended. */
    private static final int PATIENCE = 3;
    /** After that only every so many polls ask: what the server answers can close the gate for other requests, too. */
    private static final int PAUSE = 20;

    private final GitpodClient client;
    private final TokenOrganization organizations;
    private final CursorKeeper keeper;
    private int failures;
    private int polls;
    /** The token whose organization is known, or was asked for last. */
    private Object credential;

    OwnerCheck(GitpodClient client, TokenOrganization organizations, CursorKeeper keeper) {
        this.client = client;
        this.organizations = organizations;
        this.keeper = keeper;
    }

    /**
     * To be called before a poll delivers; may take the cursor away.
     *
     * @param resets whether the poll forgets the cursor anyway
     * @throws RefusedCursorException when the cursor is another organization's, and that is not allowed
     */
    void beforePoll(boolean resets) throws IOException {
        Object current = client.credential();
        boolean same = current.equals(credential);
        if (same && failures >= PATIENCE && ++polls % PAUSE != 0) {
            return;
        }
        failures = same ? failures : 0;
        credential = current;
        try {
            keeper.readBy(organizations.of(client).orElse(null), resets);
            failures = 0;
        } catch (IOException e) {
            failed(e);
        }
    }

    /** Throws the failure, unless it has been too often. */
    private void failed(IOException e) throws IOException {
        ApiException answer = e instanceof ApiException given ? given : null;
        if (e instanceof ClientClosedException || (answer != null && answer.isLasting())) {
            throw e;
        }
        if (answer == null || !answer.isTooManyRequests()) {
            // Throws when everything fails, and not only this.
            ServerTime.probe(client, AuditLogFilter.ALL);
        }
        failures++;
        if (failures < PATIENCE) {
            throw e;
        }
        keeper.readByUnknown();
        if (failures == PATIENCE) {
            LOG.warn(
                    "The server does not say which organization the access token is for: {}. Entries are delivered"
                            + " nevertheless, and it is asked again{}",
                    e.toString(),
                    keeper.isHeld() ? "; until it says so, the cursor's time stays where it is" : "");
        }
    }

    /**
     * To be called before each page is delivered.
     *
     * @throws IOException when the token is another organization's by now: the page may be, too
     */
    void duringPoll() throws IOException {
        Object current = client.credential();
        if (!current.equals(credential)) {
            if (!keeper.isOf(organizations.of(client).orElse(null))) {
                throw new IOException("The access token was replaced by one of another organization. The next poll says"
                        + " what becomes of the cursor");
            }
            credential = current;
            failures = 0;
        }
    }
}
