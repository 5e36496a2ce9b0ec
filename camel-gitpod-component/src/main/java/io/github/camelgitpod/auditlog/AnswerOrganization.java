package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.TokenOrganization;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose entries a producer's answers hold. An answer is worth more than this: when the server cannot say it, the answer goes
 * without, and the next ones do not wait for the same failure. Safe for use by several threads.
 */
final class AnswerOrganization {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerOrganization.class);
    /** For so long after a failure it is not asked. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final TokenOrganization organizations = new TokenOrganization();
    private final LongSupplier nanoTime;
    /** By the monotonic clock; null: it did not fail last. */
    private volatile Long failedAt;

    /** @param nanoTime a monotonic clock, such as {@link System#nanoTime()} */
    AnswerOrganization(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The organization of the client's token of this moment; null: not known. To be called when the client has answered. */
    String of(GitpodClient client) {
        Long failed = failedAt;
        if (failed != null && nanoTime.getAsLong() - failed < PAUSE.toNanos()) {
            return null;
        }
        try {
            String organization = organizations.of(client).orElse(null);
            failedAt = null;
            return organization;
        } catch (IOException e) {
            LOG.debug("The server does not say which organization the access token is for", e);
            failedAt = nanoTime.getAsLong();
            return null;
        }
    }
}
