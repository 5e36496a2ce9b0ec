package io.github.camelgitpod.state;

import java.util.function.BooleanSupplier;
import org.apache.camel.spi.StateRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept beside a state that says whose all of it is: whoever was overtaken saves nothing. While two consumers run side by
 * side each may save before the other has noticed, and a repository may refuse the one that did not read last: the one whose
 * state it is saves on top of that.
 */
public final class StatesBeside implements StateRepository<String, String> {
    private static final Logger LOG = LoggerFactory.getLogger(StatesBeside.class);

    private final StateRepository<String, String> repository;
    private final BooleanSupplier ours;

    /**
     * @param repository started by the caller
     * @param ours       whether the state is this consumer's; asked before each save, by any thread
     */
    public StatesBeside(StateRepository<String, String> repository, BooleanSupplier ours) {
        this.repository = repository;
        this.ours = ours;
    }

    @Override
    public String getState(String key) {
        return repository.getState(key);
    }

    @Override
    public void setState(String key, String text) {
        // Most repositories take whatever comes.
        if (isOurs(key)) {
            try {
                repository.setState(key, text);
            } catch (OvertakenException e) {
                if (isOurs(key)) {
                    repository.getState(key);
                    repository.setState(key, text);
                }
            }
        }
    }

    private boolean isOurs(String key) {
        boolean isOurs = ours.getAsBoolean();
        if (!isOurs) {
            // Told with the state that says so.
            LOG.debug("The state {} is another consumer's now", key);
        }
        return isOurs;
    }

    @Override
    public void start() {
        // The caller starts the repository.
    }

    @Override
    public void stop() {
        // And stops it.
    }
}
