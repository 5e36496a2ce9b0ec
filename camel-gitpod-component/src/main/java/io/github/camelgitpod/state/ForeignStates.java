package io.github.camelgitpod.state;

import java.util.function.Supplier;
import org.apache.camel.spi.StateRepository;

/**
 * A repository of which nothing is known, such as one of Camel's or of the user's: whatever it throws means that the place of
 * the state cannot be had now, and is told as that of this component's own.
 */
public final class ForeignStates implements StateRepository<String, String> {
    private final StateRepository<String, String> repository;

    private ForeignStates(StateRepository<String, String> repository) {
        this.repository = repository;
    }

    /** Files say for themselves what is wrong: some of it no later attempt mends. */
    public static StateRepository<String, String> of(StateRepository<String, String> repository) {
        return repository instanceof CrashSafeFileStateRepository ? repository : new ForeignStates(repository);
    }

    @Override
    public String getState(String key) {
        return call("The state " + key + " could not be read", () -> repository.getState(key));
    }

    @Override
    public void setState(String key, String text) {
        call("The state " + key + " could not be saved", () -> {
            repository.setState(key, text);
            return null;
        });
    }

    private static <T> T call(String failure, Supplier<T> work) {
        try {
            return work.get();
        } catch (OvertakenException | StateUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StateUnavailableException(
                    failure + ": " + SafeFailure.OF_UNKNOWN_SETTINGS.text(e.toString()),
                    SafeFailure.OF_UNKNOWN_SETTINGS.of(e));
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
