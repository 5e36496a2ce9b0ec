package io.github.camelgitpod.state;

import java.util.function.BooleanSupplier;
import org.apache.camel.spi.StateRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept beside a state that says whose all of it is. While two consumers run side by side each may save before the
 * other has noticed, and a repository refuses the one that did not read last: the one whose state it is saves on top of that,
 * and the other one saves nothing.
 */
public final class StatesBeside implements StateRepository<String, String> {
    private static final Logger LOG = LoggerFactory.getLogger(StatesBeside.class);

    private final StateRepository<String, String> repository;
    private final BooleanSupplier ours;

    /**
     * @param repository started by the caller
     * @param ours       whether the state is this consumer's; asked when a save is refused, by any thread
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
        try {
            repository.setState(key, text);
        } catch (OvertakenException e) {
            if (ours.getAsBoolean()) {
                repository.getState(key);
                repository.setState(key, text);
            } else {
                // Told with the state that says so.
                LOG.debug("The state {} is another consumer's now", key, e);
            }
        }
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
