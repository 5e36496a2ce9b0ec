package io.github.camelgitpod.event;

import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.TokenOrganization;
import io.github.camelgitpod.state.Origin;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose events a consumer's streams carry. The server is asked beside them, when they are opened and after each connection: a
 * stream waits two seconds for the answer, and is opened without it otherwise.
 */
final class EventOwner {
    private static final Logger LOG = LoggerFactory.getLogger(EventOwner.class);
    private static final long LONGEST_WAIT_SECONDS = 2;

    private final String address;
    private final TokenOrganization organizations = new TokenOrganization();
    private volatile CompletableFuture<Void> asked = CompletableFuture.completedFuture(null);

    /** @param address the API's base URL */
    EventOwner(String address) {
        this.address = address;
    }

    /** Asks, unless the answer for the token of this moment is known. */
    void ask(GitpodClient client, Executor executor) {
        try {
            asked = CompletableFuture.runAsync(() -> ask(client), executor);
        } catch (RejectedExecutionException e) {
            LOG.debug("The event streams are being stopped");
        }
    }

    private void ask(GitpodClient client) {
        try {
            organizations.of(client);
        } catch (IOException | RuntimeException e) {
            LOG.debug("The server does not say which organization the access token is for", e);
        }
    }

    /** The organization, without waiting; null: it is not known. */
    String organization() {
        return organizations.known();
    }

    /** Whose events these are, as far as the server says so within two seconds. */
    Origin origin() {
        CompletableFuture<Void> answer = asked;
        try {
            answer.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("It is not known yet which organization the access token is for");
            // Nobody else waits for it.
            answer.complete(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Origin(address, organization());
    }
}
