package io.github.camelgitpod.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgitpod.client.ToldOnce;
import org.apache.camel.spi.StateRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves what is useful but not needed: a repository that fails stops nothing, and of several failures in a row only the
 * first is logged. Used by one thread at a time.
 */
final class TolerantSaves {
    private static final Logger LOG = LoggerFactory.getLogger(TolerantSaves.class);

    private final StateRepository<String, String> repository;
    private final String consequence;
    private final ToldOnce failure = new ToldOnce();

    /**
     * @param repository  started by the caller
     * @param consequence what a failure means, for the log
     */
    TolerantSaves(StateRepository<String, String> repository, String consequence) {
        this.repository = repository;
        this.consequence = consequence;
    }

    /** Saves, and tells whether it is saved. */
    boolean save(String key, ObjectNode state) {
        try {
            repository.setState(key, StateJson.write(state));
            if (failure.ends()) {
                LOG.info("The state {} is saved again", key);
            }
            return true;
        } catch (RuntimeException e) {
            if (failure.begins()) {
                LOG.warn("The state {} cannot be saved: {}. {}", key, consequence, e.toString());
            }
            return false;
        }
    }
}
