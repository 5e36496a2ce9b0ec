package io.github.camelgitpod.consumer;

import io.github.camelgitpod.StateConfiguration;
import io.github.camelgitpod.state.CrashSafeFileStateRepository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.apache.camel.support.service.ServiceHelper;

/** Where one consumer keeps its state, from the endpoint's options. */
public final class ConsumerState {
    private final StateConfiguration options;
    private final String resource;
    private final String baseUrl;
    private final StateRepository<String, String> repository;

    /**
     * @param options  where to keep it
     * @param memory   used when they name no place
     * @param resource what is read, part of the key
     * @param baseUrl  where it is read
     * @throws IllegalArgumentException when the options name two places
     */
    public ConsumerState(StateConfiguration options, MemoryStateRepository memory, String resource, String baseUrl) {
        this.options = options;
        this.resource = resource;
        this.baseUrl = baseUrl;
        if (options.getStateRepository() != null && options.getStateDirectory() != null) {
            throw new IllegalArgumentException("Options stateRepository and stateDirectory="
                    + options.getStateDirectory() + " are two places for one state; allowed: one of them");
        }
        if (options.getStateRepository() != null) {
            repository = options.getStateRepository();
        } else if (options.getStateDirectory() != null) {
            repository = new CrashSafeFileStateRepository(Path.of(options.getStateDirectory()));
        } else {
            repository = memory;
        }
    }

    public StateRepository<String, String> repository() {
        return repository;
    }

    /** Whether a restart of the process forgets it. */
    public boolean isInMemory() {
        return repository instanceof MemoryStateRepository;
    }

    /** Whether it is in files of this consumer's own. */
    public boolean isInOwnFiles() {
        return options.getStateDirectory() != null;
    }

    /** Starts the repository; other routes may use it too. */
    public void start() {
        ServiceHelper.startService(repository);
    }

    /** Stops the repository if it is this consumer's own: it holds a lock, and another process may take over from here. */
    public void stop() {
        if (isInOwnFiles()) {
            ServiceHelper.stopService(repository);
        }
    }

    /**
     * The key of this consumer's state.
     *
     * @param routeId null: there is none, and the source is hashed instead
     * @param source  what is read, the base URL apart
     */
    public String key(String routeId, String source) {
        if (options.getStateKey() != null) {
            return options.getStateKey();
        }
        String hashed = baseUrl + " " + source;
        return routeId != null
                ? routeId + "/" + resource
                : resource + "-" + UUID.nameUUIDFromBytes(hashed.getBytes(StandardCharsets.UTF_8));
    }
}
