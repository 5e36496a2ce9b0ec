package io.github.camelgitpod.event.recovery;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.DoubtfulRefusal;
import io.github.camelgitpod.client.SteadyClock;
import io.github.camelgitpod.client.ToldOnce;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that the server refuses, and will refuse the next time too: recovery goes on without it. What was not asked,
 * because an earlier answer does not allow it yet, is not refused: by now it may be granted.
 */
final class Refusal {
    private static final Logger LOG = LoggerFactory.getLogger(Refusal.class);

    private final String consequence;
    private final String end;
    private final DoubtfulRefusal doubt;
    private final ToldOnce told = new ToldOnce();
    private boolean refused;

    /**
     * @param consequence for people: what is not done now
     * @param end         for people: that it is done again
     * @param clock       how long a refusal that may be a proxy's has stood
     */
    Refusal(String consequence, String end, SteadyClock clock) {
        this.consequence = consequence;
        this.end = end;
        this.doubt = new DoubtfulRefusal(() -> ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant()));
    }

    /**
     * There is an error in place of an answer. If the next attempt may succeed, or the server was not asked, it is thrown;
     * otherwise it is reported, once.
     *
     * @throws ApiException the same error
     */
    void refused(ApiException answer) throws ApiException {
        // A token can be replaced; a missing role comes with a new one, later.
        if (!doubt.isBelieved(answer) || answer.mayPassByItself() || answer.isRepeated()) {
            throw answer;
        }
        refused = true;
        if (told.begins()) {
            LOG.warn("{} {}", consequence, answer.getMessage());
        }
    }

    /** Whether the server refused it the last time. */
    boolean isRefused() {
        return refused;
    }

    /** The server does not refuse it any more. */
    void over() {
        refused = false;
        doubt.ends();
        if (told.ends()) {
            LOG.info(end);
        }
    }
}
